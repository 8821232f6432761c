/** What bench.config.ts may say. */

export interface Profile {
  /** Which benchmarks: those marked headline, all, or none (conformance only). */
  only?: 'headline' | 'all' | 'none';
  /** Fresh processes per arm; at least 20 for a figure to be gated. */
  processes?: number;
  /** How many times as many may be started when the machine leaves too few of them undisturbed; 1 never starts more. */
  patience?: number;
}

export interface BenchConfig {
  /** Runner ids; all in runners/ when left out. */
  runners?: string[];
  /** Suite ids; all in suites/ when left out. */
  suites?: string[];
  /** Reporter ids; `html` when left out. */
  reports?: string[];
  profile?: string;
  profiles?: Record<string, Profile>;
  /** Seconds after which a conformance case is ended as `timeout`. */
  caseTimeoutSeconds?: number;
  /** Seeds every order and resampling. */
  seed?: number;
}

/** Types a configuration; returns it unchanged. */
export function defineConfig(config: BenchConfig): BenchConfig {
  return config;
}
