;; Has a start function; `_start` ends with 4 unless that ran before it.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (global $ran (mut i32) (i32.const 0))
  (func $before (global.set $ran (i32.const 1)))
  (start $before)
  (func (export "_start")
    (if (i32.eqz (global.get $ran)) (then (call $proc_exit (i32.const 4)))))
)
