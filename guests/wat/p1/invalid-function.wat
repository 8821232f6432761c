;; Has a function that is not valid and never called.
(module
  (memory (export "memory") 1)
  (func (result i32))
  (func (export "_start"))
)
