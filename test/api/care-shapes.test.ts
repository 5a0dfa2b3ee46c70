import { expectTypeOf, it } from 'vitest'
import type * as answered from '../../src/api/schemas-care.ts'
import type { ChangeLine } from '../../src/api/schemas-care-changes.ts'
import type { KnowledgeCalendar } from '../../src/api/schemas-care-knowledge.ts'
import type * as wire from '../../wire/care.ts'

it('answers what the front reads', () => {
  expectTypeOf<answered.CareDesk>().toEqualTypeOf<wire.CareDesk>()
  expectTypeOf<answered.ChildLine>().toEqualTypeOf<wire.ChildLine>()
  expectTypeOf<answered.DutyLine>().toEqualTypeOf<wire.DutyLine>()
  expectTypeOf<answered.VolunteerLine>().toEqualTypeOf<wire.VolunteerLine>()
  expectTypeOf<answered.AbsenceLine>().toEqualTypeOf<wire.AbsenceLine>()
  expectTypeOf<answered.FestivalLine>().toEqualTypeOf<wire.FestivalLine>()
  expectTypeOf<KnowledgeCalendar>().toEqualTypeOf<wire.KnowledgeCalendar>()
  expectTypeOf<ChangeLine>().toExtend<wire.ChangeLine>()
  expectTypeOf<answered.ChildView>().toExtend<wire.ChildView>()
})
