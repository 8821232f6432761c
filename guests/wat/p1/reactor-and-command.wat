;; Declares itself to be of both kinds.
(module
  (memory (export "memory") 1)
  (func (export "_initialize"))
  (func (export "_start"))
)
