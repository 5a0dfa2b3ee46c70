-- AlterTable
ALTER TABLE "Pairing" ADD COLUMN "handOverEnc" BLOB;
ALTER TABLE "Pairing" ADD COLUMN "reasonEnc" BLOB;

-- CreateTable
CREATE TABLE "Need" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "childId" TEXT NOT NULL,
    "visitId" TEXT,
    "kind" TEXT NOT NULL,
    "caseId" TEXT,
    "at" TEXT NOT NULL,
    "doneAt" TEXT
);

-- CreateTable
CREATE TABLE "Absence" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "who" TEXT NOT NULL,
    "fromDate" TEXT NOT NULL,
    "toDate" TEXT NOT NULL,
    "reasonEnc" BLOB,
    "coverId" TEXT,
    "endedAt" TEXT,
    "createdAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "CareReport" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "childId" TEXT NOT NULL,
    "visitId" TEXT,
    "alertId" TEXT,
    "caseId" TEXT,
    "signs" TEXT NOT NULL,
    "recordEnc" BLOB NOT NULL,
    "reporterEnc" BLOB,
    "heardAt" TEXT NOT NULL,
    "dueAt" TEXT NOT NULL,
    "madeTo" TEXT,
    "madeAt" TEXT,
    "madeById" TEXT
);

-- CreateTable
CREATE TABLE "Letter" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "pairingId" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "bodyEnc" BLOB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "approvedById" TEXT,
    "approvedAt" TEXT,
    "sentAt" TEXT,
    "createdAt" TEXT NOT NULL
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Volunteer" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT,
    "unitId" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL DEFAULT 'other',
    "nameEnc" BLOB NOT NULL,
    "phoneEnc" BLOB,
    "phoneHash" TEXT,
    "body" TEXT,
    "agreementAt" TEXT,
    "trainedAt" TEXT,
    "insuredUntil" TEXT,
    "checkedAt" TEXT,
    "remindOn" TEXT,
    "codeHash" TEXT,
    "codeUntil" TEXT,
    "linkedAt" TEXT,
    "endedAt" TEXT,
    "createdAt" TEXT NOT NULL
);
INSERT INTO "new_Volunteer" ("agreementAt", "body", "checkedAt", "createdAt", "endedAt", "id", "insuredUntil", "nameEnc", "personId", "phoneEnc", "phoneHash", "trainedAt") SELECT "agreementAt", "body", "checkedAt", "createdAt", "endedAt", "id", "insuredUntil", "nameEnc", "personId", "phoneEnc", "phoneHash", "trainedAt" FROM "Volunteer";
DROP TABLE "Volunteer";
ALTER TABLE "new_Volunteer" RENAME TO "Volunteer";
CREATE UNIQUE INDEX "Volunteer_personId_key" ON "Volunteer"("personId");
CREATE UNIQUE INDEX "Volunteer_codeHash_key" ON "Volunteer"("codeHash");
CREATE INDEX "Volunteer_phoneHash_idx" ON "Volunteer"("phoneHash");
CREATE TABLE "new_Visit" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "pairingId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "onDate" TEXT NOT NULL,
    "done" INTEGER NOT NULL,
    "metWith" TEXT,
    "reported" INTEGER NOT NULL DEFAULT 0,
    "byId" TEXT,
    "noteEnc" BLOB,
    "givenEnc" BLOB,
    "againOn" TEXT,
    "messageId" TEXT,
    "createdAt" TEXT NOT NULL,
    CONSTRAINT "Visit_pairingId_fkey" FOREIGN KEY ("pairingId") REFERENCES "Pairing" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Visit" ("createdAt", "done", "id", "kind", "messageId", "metWith", "noteEnc", "onDate", "pairingId") SELECT "createdAt", "done", "id", "kind", "messageId", "metWith", "noteEnc", "onDate", "pairingId" FROM "Visit";
DROP TABLE "Visit";
ALTER TABLE "new_Visit" RENAME TO "Visit";
CREATE INDEX "Visit_pairingId_onDate_idx" ON "Visit"("pairingId", "onDate");
CREATE INDEX "Visit_messageId_idx" ON "Visit"("messageId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

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
CREATE INDEX "Child_unitId_idx" ON "Child"("unitId");
