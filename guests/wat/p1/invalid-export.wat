;; Exports two things by one name.
(module
  (memory (export "memory") 1)
  (func (export "_start"))
  (func (export "again"))
  (func (export "again"))
)
