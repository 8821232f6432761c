;; Has no memory and calls nothing.
(module
  (func (export "_start"))
)
