;; Exports its memory by another name, and asks for a time: exits with 1 where that fails, with 2 where it succeeds.
(module
  (import "wasi_snapshot_preview1" "clock_time_get" (func $time (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "mem") 1)
  (func (export "_start")
    (if (call $time (i32.const 0) (i64.const 1) (i32.const 8)) (then (call $proc_exit (i32.const 1))))
    (call $proc_exit (i32.const 2)))
)
