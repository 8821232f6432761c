;; Has no memory and calls a function that needs none, exiting with 1 where that fails.
(module
  (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (func (export "_start") (if (call $yield) (then (call $proc_exit (i32.const 1)))))
)
