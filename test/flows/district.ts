import { type Book, makeBook } from '../../src/flows/book.ts'

/** A small district of the imagination, enough for every talk in these tests. */
export const book: Book = makeBook({
  district: '红山区',
  areaCode: '0476',
  noticeVersion: '2026-10',
  noticeUrl: 'https://hs.example/privacy',
  gazetteer: {
    towns: [
      { code: '150402008', name: '西城街道' },
      { code: '150402004', name: '东城街道' },
      { code: '150402009', name: '桥北街道' },
      { code: '150402100', name: '红庙子镇' },
    ],
    communities: [
      { code: '150402008001', name: '红山郡社区居委会', town: '150402008' },
      { code: '150402008002', name: '幸福里社区居委会', town: '150402008' },
      { code: '150402004002', name: '红山社区居委会', town: '150402004' },
      { code: '150402004005', name: '富龙社区居委会', town: '150402004' },
      { code: '150402009002', name: '清河社区居委会', town: '150402009' },
      { code: '150402100201', name: '二道井子村委会', town: '150402100' },
    ],
    estates: [
      { name: '红山郡', community: '150402008001' },
      { name: '清河小区', community: '150402009002' },
      { name: '阳光花园', community: '150402008002' },
      { name: '阳光花园', community: '150402004005' },
    ],
  },
  hotlines: [
    { number: '12345', label: '政务热线' },
    { number: '12355', label: '青少年服务台', hours: '9:00–17:00' },
    { number: '12356', label: '心理援助' },
    { number: '12338', label: '妇女维权', hours: '工作日 8:30–17:30' },
  ],
})

export const NOW = '2026-11-03T02:21:00.000Z'
