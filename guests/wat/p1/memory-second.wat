;; Has two memories and exports the second; the line to write lies in that one, other bytes in the first.
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory 1)
  (memory $exported (export "memory") 1)
  (data (i32.const 64) "first!\n")
  (data (memory $exported) (i32.const 64) "second\n")
  (data (i32.const 0) "\40\00\00\00\07\00\00\00")
  (data (memory $exported) (i32.const 0) "\40\00\00\00\07\00\00\00")
  (func (export "_start")
    (if (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))
      (then (call $proc_exit (i32.const 5)))))
)
