;; Writes a line from a page that it did not have when it was instantiated.
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (local $page i32)
    (local.set $page (memory.grow (i32.const 1)))
    (if (i32.lt_s (local.get $page) (i32.const 1)) (then (call $proc_exit (i32.const 4))))
    ;; An adapter may have grown it before.
    (local.set $page (i32.mul (local.get $page) (i32.const 65536)))
    (i64.store (local.get $page) (i64.const 0x0a6e776f7267))
    (i32.store offset=16 (local.get $page) (local.get $page))
    (i32.store offset=20 (local.get $page) (i32.const 6))
    (if (call $fd_write
        (i32.const 1)
        (i32.add (local.get $page) (i32.const 16))
        (i32.const 1)
        (i32.add (local.get $page) (i32.const 32)))
      (then (call $proc_exit (i32.const 5)))))
)
