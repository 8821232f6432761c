;; Writes a line, then traps; other exports would write another line if they were called after it.
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "before\n")
  (data (i32.const 96) "after the trap\n")
  ;; Writes one text to standard output: its length and address are put where no text lies.
  (func $say (param $from i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $from))
    (i32.store (i32.const 4) (local.get $length))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func (export "_start") (call $say (i32.const 64) (i32.const 7)) unreachable)
  (func (export "main") (call $say (i32.const 96) (i32.const 15)))
  (func (export "run") (call $say (i32.const 96) (i32.const 15)))
  (func (export "deinit") (call $say (i32.const 96) (i32.const 15)))
  (func (export "__wasm_call_dtors") (call $say (i32.const 96) (i32.const 15)))
)
