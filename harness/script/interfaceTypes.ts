/** The shape of guests/interfaces/*.json: every WASI function with its types and core signature. */

export type Primitive =
  | 'bool'
  | 'u8'
  | 'u16'
  | 'u32'
  | 'u64'
  | 's8'
  | 's16'
  | 's32'
  | 's64'
  | 'f32'
  | 'f64'
  | 'char'
  | 'string';

export interface NamedField {
  name: string;
  type: Type;
  /** Preview 1 only; preview 2 follows from the canonical ABI. */
  offset?: number;
}

export type Type =
  | Primitive
  | { kind: 'ref'; name: string }
  | { kind: 'alias'; type: Type }
  | { kind: 'list'; element: Type }
  | { kind: 'option'; element: Type }
  | { kind: 'result'; ok: Type | null; err: Type | null }
  | { kind: 'tuple'; elements: Type[] }
  | { kind: 'own' | 'borrow'; resource: string }
  | { kind: 'record'; fields: NamedField[]; size?: number; align?: number }
  | {
      kind: 'variant';
      cases: { name: string; type: Type | null }[];
      repr?: Primitive;
      size?: number;
      align?: number;
      payloadOffset?: number;
    }
  | { kind: 'enum'; cases: string[]; repr?: Primitive }
  | { kind: 'flags'; flags: string[]; repr?: Primitive }
  | { kind: 'resource' }
  | { kind: 'handle' }
  | { kind: 'pointer' | 'const-pointer' };

export type CoreType = 'i32' | 'i64' | 'f32' | 'f64';

export interface FunctionSignature {
  name: string;
  kind: 'function' | 'drop';
  params: { name: string; type: Type }[];
  core: { params: CoreType[]; results: CoreType[] };
  /** Preview 2: what it returns. */
  result?: Type | null;
  /** Preview 2: the place of a result that comes back through memory; its address is the last core parameter. */
  retArea?: { size: number; align: number } | null;
  /** Preview 2: the parameters are passed through memory. */
  indirectParams?: boolean;
  /** Preview 2: the import that drops the resource it makes. */
  drop?: string;
  /** Preview 1: the type of the returned errno, null for none. */
  error?: string | null;
  /** Preview 1: values returned through trailing pointers. */
  results?: Type[];
}

export interface InterfaceFile {
  source: string;
  types: Record<string, Type>;
  functions: FunctionSignature[];
}
