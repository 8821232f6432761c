;; Has other exports beside `_start`, each of which ends with a code of its own when it is called.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start"))
  (func (export "main") (call $proc_exit (i32.const 11)))
  (func (export "run") (call $proc_exit (i32.const 12)))
  (func (export "deinit") (call $proc_exit (i32.const 13)))
  (func (export "__wasm_call_ctors") (call $proc_exit (i32.const 14)))
  (func (export "__wasm_call_dtors") (call $proc_exit (i32.const 15)))
)
