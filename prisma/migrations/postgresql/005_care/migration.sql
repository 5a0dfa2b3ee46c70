-- AlterTable
ALTER TABLE "Volunteer" DROP COLUMN "awayFrom",
DROP COLUMN "awayTo",
ADD COLUMN     "codeHash" TEXT,
ADD COLUMN     "codeUntil" TEXT,
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'other',
ADD COLUMN     "linkedAt" TEXT,
ADD COLUMN     "remindOn" TEXT,
ADD COLUMN     "unitId" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Pairing" ADD COLUMN     "handOverEnc" BYTEA,
ADD COLUMN     "reasonEnc" BYTEA;

-- AlterTable
ALTER TABLE "Visit" ADD COLUMN     "againOn" TEXT,
ADD COLUMN     "byId" TEXT,
ADD COLUMN     "givenEnc" BYTEA,
ADD COLUMN     "reported" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "Need" (
    "id" TEXT NOT NULL,
    "childId" TEXT NOT NULL,
    "visitId" TEXT,
    "kind" TEXT NOT NULL,
    "caseId" TEXT,
    "at" TEXT NOT NULL,
    "doneAt" TEXT,

    CONSTRAINT "Need_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Absence" (
    "id" TEXT NOT NULL,
    "who" TEXT NOT NULL,
    "fromDate" TEXT NOT NULL,
    "toDate" TEXT NOT NULL,
    "reasonEnc" BYTEA,
    "coverId" TEXT,
    "endedAt" TEXT,
    "createdAt" TEXT NOT NULL,

    CONSTRAINT "Absence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CareReport" (
    "id" TEXT NOT NULL,
    "childId" TEXT NOT NULL,
    "visitId" TEXT,
    "alertId" TEXT,
    "caseId" TEXT,
    "signs" TEXT NOT NULL,
    "recordEnc" BYTEA NOT NULL,
    "reporterEnc" BYTEA,
    "heardAt" TEXT NOT NULL,
    "dueAt" TEXT NOT NULL,
    "madeTo" TEXT,
    "madeAt" TEXT,
    "madeById" TEXT,

    CONSTRAINT "CareReport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Letter" (
    "id" TEXT NOT NULL,
    "pairingId" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "bodyEnc" BYTEA NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "approvedById" TEXT,
    "approvedAt" TEXT,
    "sentAt" TEXT,
    "createdAt" TEXT NOT NULL,

    CONSTRAINT "Letter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Need_childId_idx" ON "Need"("childId");

-- CreateIndex
CREATE INDEX "Need_doneAt_idx" ON "Need"("doneAt");

-- CreateIndex
CREATE INDEX "Absence_who_toDate_idx" ON "Absence"("who", "toDate");

-- CreateIndex
CREATE INDEX "CareReport_childId_idx" ON "CareReport"("childId");

-- CreateIndex
CREATE INDEX "CareReport_madeAt_dueAt_idx" ON "CareReport"("madeAt", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "Letter_pairingId_period_key" ON "Letter"("pairingId", "period");

-- CreateIndex
CREATE INDEX "Notice_cause_idx" ON "Notice"("cause");

-- CreateIndex
CREATE INDEX "Notice_notice_createdAt_idx" ON "Notice"("notice", "createdAt");

-- CreateIndex
CREATE INDEX "Audit_field_idx" ON "Audit"("field");

-- CreateIndex
CREATE UNIQUE INDEX "Volunteer_personId_key" ON "Volunteer"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Volunteer_codeHash_key" ON "Volunteer"("codeHash");

-- CreateIndex
CREATE INDEX "Volunteer_phoneHash_idx" ON "Volunteer"("phoneHash");

-- CreateIndex
CREATE INDEX "Child_unitId_idx" ON "Child"("unitId");

-- CreateIndex
CREATE INDEX "Visit_messageId_idx" ON "Visit"("messageId");
