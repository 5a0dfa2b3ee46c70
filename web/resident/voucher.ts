/** The voucher of a case drawn as a picture: black on white, for the album of a phone or the wall of a kitchen. */

export interface Voucher {
  brand: string
  motto: string
  code: string
  rows: { label: string; value: string }[]
  /** Address of the square code. */
  qr: string
  /** What stands below the square code. */
  under: string
}

const WIDE = 750
const HIGH = 1120
const EDGE = 60
const QR = 380
const FONT =
  '-apple-system, BlinkMacSystemFont, "PingFang SC", "HarmonyOS Sans SC", MiSans, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif'

/** Draws the voucher; answers with the PNG as a data address, which also WeChat can keep. Throws when the code cannot be fetched. */
export async function drawVoucher({ brand, motto, code, rows, qr, under }: Voucher): Promise<string> {
  const square = await pictureOf(qr)
  const canvas = document.createElement('canvas')
  canvas.width = WIDE
  canvas.height = HIGH
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('this browser draws no pictures')
  const write = (words: string, size: number, y: number, colour = '#181b19', weight = 400) => {
    pen.fillStyle = colour
    pen.font = `${weight} ${size}px ${FONT}`
    pen.fillText(words, EDGE, y, WIDE - 2 * EDGE)
  }
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, WIDE, HIGH)
  pen.fillStyle = '#067d3f'
  pen.fillRect(0, 0, WIDE, 16)
  write(brand, 52, 108, '#06652f', 600)
  write(motto, 28, 156, '#555b57')
  write(code, 50, 252, '#181b19', 600)
  let y = 310
  for (const { label, value } of rows) {
    write(label, 26, y + 26, '#555b57')
    write(value, 36, y + 72, '#181b19', 600)
    y += 104
  }
  pen.imageSmoothingEnabled = false
  pen.drawImage(square, (WIDE - QR) / 2, HIGH - QR - 96, QR, QR)
  pen.textAlign = 'center'
  pen.fillStyle = '#555b57'
  pen.font = `400 28px ${FONT}`
  pen.fillText(under, WIDE / 2, HIGH - 52, WIDE - 2 * EDGE)
  return canvas.toDataURL('image/png')
}

async function pictureOf(address: string): Promise<HTMLImageElement> {
  const picture = new Image(QR, QR)
  picture.src = address
  await picture.decode()
  return picture
}
