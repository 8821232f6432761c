/** Owns what can be renamed to what in `RENAME_TREE`, in both previews. */

interface Renaming {
  id: string;
  title: string;
  from: string;
  to: string;
  gone?: readonly string[];
  come?: readonly string[];
}

/** With the lines of `RENAME_LINES` that go and come. */
export const RENAMINGS: readonly Renaming[] = [
  {
    id: 'file-to-absent',
    title: 'A file gets another name',
    from: 'file',
    to: 'made',
    gone: ['file = content'],
    come: ['made = content'],
  },
  {
    id: 'file-into-directory',
    title: 'A file moves into a directory',
    from: 'file',
    to: 'full/made',
    gone: ['file = content'],
    come: ['full/made = content'],
  },
  {
    id: 'file-out-of-directory',
    title: 'A file moves out of a directory',
    from: 'full/inner',
    to: 'inner',
    gone: ['full/inner = inner'],
    come: ['inner = inner'],
  },
  {
    id: 'file-on-file',
    title: 'A file replaces a file',
    from: 'file',
    to: 'other',
    gone: ['file = content', 'other = other'],
    come: ['other = content'],
  },
  {
    id: 'file-on-link',
    title: 'A file replaces a symbolic link and not what it leads to',
    from: 'other',
    to: 'link',
    gone: ['other = other', 'link -> file'],
    come: ['link = other'],
  },
  {
    id: 'file-on-directory-link',
    title: 'A file replaces a symbolic link to a directory',
    from: 'other',
    to: 'tree-link',
    gone: ['other = other', 'tree-link -> tree'],
    come: ['tree-link = other'],
  },
  {
    id: 'file-on-dangling-link',
    title: 'A file replaces a symbolic link to nothing',
    from: 'other',
    to: 'dangling',
    gone: ['other = other', 'dangling -> absent'],
    come: ['dangling = other'],
  },
  {
    id: 'link-to-absent',
    title: 'A symbolic link is renamed itself',
    from: 'link',
    to: 'made',
    gone: ['link -> file'],
    come: ['made -> file'],
  },
  {
    id: 'dangling-link-on-file',
    title: 'A symbolic link to nothing replaces a file',
    from: 'dangling',
    to: 'other',
    gone: ['dangling -> absent', 'other = other'],
    come: ['other -> absent'],
  },
  {
    id: 'directory-to-absent',
    title: 'A directory moves with all that is in it',
    from: 'tree',
    to: 'full/tree',
    gone: ['tree/', 'tree/leaf = leaf'],
    come: ['full/tree/', 'full/tree/leaf = leaf'],
  },
  {
    id: 'directory-on-empty',
    title: 'A directory replaces an empty one',
    from: 'tree',
    to: 'empty',
    gone: ['tree/', 'tree/leaf = leaf', 'empty/'],
    come: ['empty/', 'empty/leaf = leaf'],
  },
  {
    id: 'directory-trailing-slashes',
    title: 'The names of a directory can end in slashes',
    from: 'tree/',
    to: 'made/',
    gone: ['tree/', 'tree/leaf = leaf'],
    come: ['made/', 'made/leaf = leaf'],
  },
  {
    id: 'through-link',
    title: 'Links in the middle of both paths are followed',
    from: 'tree-link/leaf',
    to: 'tree-link/made',
    gone: ['tree/leaf = leaf'],
    come: ['tree/made = leaf'],
  },
  { id: 'file-onto-itself', title: 'A file renamed onto itself stays', from: 'file', to: 'file' },
  { id: 'directory-onto-itself', title: 'A directory renamed onto itself stays', from: 'tree', to: 'tree' },
  {
    id: 'two-names-of-one-file',
    title: 'Renaming one name of a file onto its other leaves both',
    from: 'file',
    to: 'same',
  },
];
