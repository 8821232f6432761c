;; Ends with 9 when `_start` is called a second time in one instance.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (global $calls (mut i32) (i32.const 0))
  (func (export "_start")
    (if (global.get $calls) (then (call $proc_exit (i32.const 9))))
    (global.set $calls (i32.const 1)))
)
