// Draws the icons of the installable page from icon.svg: `node scripts/icons.mjs` after the drawing changed.
import { join } from 'node:path'
import sharp from 'sharp'

const folder = 'web/resident/public'
const PAPER = '#f1f2f0'

/** Pixels of the icon, the share of it the drawing takes, and its ground. A mask may cut a fifth off each side. */
const ICONS = [
  ['icon-192.png', 192, 1, null],
  ['icon-512.png', 512, 1, null],
  ['icon-maskable.png', 512, 0.6, PAPER],
  ['apple-touch-icon.png', 180, 0.7, PAPER],
]

for (const [name, size, share, ground] of ICONS) {
  const inner = Math.round(size * share)
  const edge = { left: Math.floor((size - inner) / 2), right: Math.ceil((size - inner) / 2) }
  const background = ground ?? { r: 0, g: 0, b: 0, alpha: 0 }
  const drawing = sharp(join(folder, 'icon.svg'), { density: 72 * Math.ceil(inner / 40) })
    .resize(inner, inner, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .extend({ ...edge, top: edge.left, bottom: edge.right, background })
  const flat = ground ? drawing.flatten({ background: ground }) : drawing
  await flat.png({ palette: true, compressionLevel: 9 }).toFile(join(folder, name))
}
