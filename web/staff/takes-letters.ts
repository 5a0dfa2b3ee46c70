/** Where letters are written, and so are no keys; a box just ticked with the mouse takes none. */
export const takesLetters = ({ tagName, type }: { tagName: string; type?: string }): boolean =>
  /^(INPUT|TEXTAREA|SELECT)$/.test(tagName) && type !== 'checkbox'
