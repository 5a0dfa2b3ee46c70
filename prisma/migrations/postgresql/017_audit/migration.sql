-- The book of the audit grows: role, unit, where from, whether it was let; rows are sealed into the chain after they are written.
-- Rows from before keep their place and hash; their id is their number, under which their words were sealed.
CREATE TABLE "Audit_new" (
    "id" TEXT NOT NULL,
    "seq" INTEGER,
    "at" TEXT NOT NULL,
    "staffId" TEXT,
    "role" TEXT,
    "unitId" TEXT,
    "what" TEXT NOT NULL,
    "caseId" TEXT,
    "field" TEXT,
    "ok" INTEGER NOT NULL DEFAULT 1,
    "origin" TEXT,
    "detailEnc" BYTEA,
    "mark" TEXT,
    "hash" TEXT,

    CONSTRAINT "Audit_new_pkey" PRIMARY KEY ("id")
);
INSERT INTO "Audit_new" ("id", "seq", "at", "staffId", "what", "caseId", "field", "detailEnc", "hash")
SELECT CAST("seq" AS TEXT), "seq", "at", "staffId", "what", "caseId", "field", "detailEnc", "hash" FROM "Audit";
DROP TABLE "Audit";
ALTER TABLE "Audit_new" RENAME TO "Audit";
ALTER TABLE "Audit" RENAME CONSTRAINT "Audit_new_pkey" TO "Audit_pkey";
CREATE UNIQUE INDEX "Audit_seq_key" ON "Audit"("seq");
CREATE INDEX "Audit_at_id_idx" ON "Audit"("at", "id");
CREATE INDEX "Audit_caseId_at_id_idx" ON "Audit"("caseId", "at", "id");
CREATE INDEX "Audit_staffId_what_at_id_idx" ON "Audit"("staffId", "what", "at", "id");
CREATE INDEX "Audit_unitId_what_at_id_idx" ON "Audit"("unitId", "what", "at", "id");
CREATE INDEX "Audit_what_at_id_idx" ON "Audit"("what", "at", "id");
CREATE INDEX "Audit_field_idx" ON "Audit"("field");
-- The rows not sealed yet, those with words to look through, those not let: few of many.
CREATE INDEX "Audit_unsealed_idx" ON "Audit"("id") WHERE "seq" IS NULL;
CREATE INDEX "Audit_words_idx" ON "Audit"("at", "id") WHERE "detailEnc" IS NOT NULL;
CREATE INDEX "Audit_refused_idx" ON "Audit"("at", "id") WHERE "ok" = 0;
