/** Owns what an expression of the script language looks like (docs/script-language.md), so that mistakes show where a suite makes them. */

const OPERANDS = /(?:\$[a-z0-9_]+|-?(?:0x[0-9a-fA-F]+|\d+))/y;
const OPENERS = /\(|u(?:8|16|32|64)\[/y;
const OPERATORS = /==|!=|[<>&+*-]/y;
const DEEPEST = 64;

/** Returns the text if it is an expression. Throws a TypeError that says where it stops being one. */
export function checkedExpression(text: string): string {
  const open: string[] = [];
  let at = 0;
  const take = (token: RegExp) => {
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  for (let isOperand = true; ; ) {
    if (isOperand) {
      const opener = take(OPENERS);
      if (opener) open.push(opener === '(' ? ')' : ']');
      else if (take(OPERANDS)) isOperand = false;
      else throw wrong(text, at, 'a number, a name, a load or a bracket is expected');
      if (open.length > DEEPEST) throw wrong(text, at, 'it nests deeper than 64');
    } else if (at === text.length) {
      if (open.length === 0) return text;
      throw wrong(text, at, `'${open.at(-1)}' is missing`);
    } else if (text[at] === open.at(-1)) {
      open.pop();
      at += 1;
    } else if (take(OPERATORS)) isOperand = true;
    else throw wrong(text, at, 'an operator is expected');
  }
}

const wrong = (text: string, at: number, what: string) =>
  new TypeError(
    `'${text}' is no expression: ${what} ${at < text.length ? `at '${text.slice(at)}'` : 'at its end'}`,
  );
