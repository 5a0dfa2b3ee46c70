-- CreateTable
CREATE TABLE "Mediation" (
    "caseId" TEXT NOT NULL PRIMARY KEY,
    "panel" TEXT NOT NULL,
    "fromCaseId" TEXT,
    "mediatorId" TEXT,
    "safetyEnc" BLOB,
    "clearedAt" TEXT,
    "answersEnc" BLOB,
    "limits" TEXT NOT NULL DEFAULT '[]',
    "admittedAt" TEXT,
    "appraisalAt" TEXT,
    "agreedAs" TEXT,
    "agreementNo" TEXT,
    "agreementEnc" BLOB,
    "agreedAt" TEXT,
    "confirmation" TEXT,
    "visitEnc" BLOB,
    "visitedAt" TEXT,
    "performed" INTEGER,
    "endedHow" TEXT,
    CONSTRAINT "Mediation_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Whisper" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "caseId" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "staffId" TEXT,
    "textEnc" BLOB NOT NULL,
    "at" TEXT NOT NULL,
    "readAt" TEXT
);

-- CreateTable
CREATE TABLE "Recusal" (
    "caseId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "reasonEnc" BLOB,
    "at" TEXT NOT NULL,

    PRIMARY KEY ("caseId", "staffId")
);

-- CreateTable
CREATE TABLE "Promised" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "caseId" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "side" TEXT NOT NULL,
    "whatEnc" BLOB NOT NULL,
    "byDate" TEXT NOT NULL,
    "keptAt" TEXT,
    "brokenAt" TEXT,
    "stage" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "EarlierWish" (
    "caseId" TEXT NOT NULL PRIMARY KEY,
    "panel" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "offer" TEXT,
    "offerUntil" TEXT
);

-- CreateTable
CREATE TABLE "Feed" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "resource" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "madeById" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,
    "endedAt" TEXT
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "caseId" TEXT NOT NULL,
    "panel" TEXT NOT NULL DEFAULT '',
    "mediatorId" TEXT NOT NULL,
    "roomId" TEXT NOT NULL,
    "startsAt" TEXT NOT NULL,
    "endsAt" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "heldUntil" TEXT,
    "bookedBy" TEXT,
    "reminded" INTEGER NOT NULL DEFAULT 0,
    "applicantSays" TEXT,
    "otherSays" TEXT,
    "recordEnc" BLOB,
    CONSTRAINT "Session_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Session" ("caseId", "endsAt", "heldUntil", "id", "mediatorId", "recordEnc", "roomId", "startsAt", "state") SELECT "caseId", "endsAt", "heldUntil", "id", "mediatorId", "recordEnc", "roomId", "startsAt", "state" FROM "Session";
DROP TABLE "Session";
ALTER TABLE "new_Session" RENAME TO "Session";
CREATE INDEX "Session_mediatorId_startsAt_idx" ON "Session"("mediatorId", "startsAt");
CREATE INDEX "Session_panel_startsAt_idx" ON "Session"("panel", "startsAt");
CREATE INDEX "Session_caseId_idx" ON "Session"("caseId");
CREATE INDEX "Session_state_startsAt_idx" ON "Session"("state", "startsAt");
CREATE TABLE "new_Party" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "caseId" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'person',
    "personId" TEXT,
    "nameEnc" BLOB,
    "phoneEnc" BLOB,
    "inviteHash" TEXT,
    "invitedAt" TEXT,
    "reminded" INTEGER NOT NULL DEFAULT 0,
    "answeredAt" TEXT,
    "consent" INTEGER,
    "marks" TEXT NOT NULL DEFAULT '[]',
    "changes" INTEGER NOT NULL DEFAULT 0,
    "wishId" TEXT,
    "longer" INTEGER NOT NULL DEFAULT 0,
    "confirm" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Party_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Party" ("answeredAt", "caseId", "consent", "id", "inviteHash", "invitedAt", "nameEnc", "personId", "phoneEnc", "side") SELECT "answeredAt", "caseId", "consent", "id", "inviteHash", "invitedAt", "nameEnc", "personId", "phoneEnc", "side" FROM "Party";
DROP TABLE "Party";
ALTER TABLE "new_Party" RENAME TO "Party";
CREATE UNIQUE INDEX "Party_inviteHash_key" ON "Party"("inviteHash");
CREATE INDEX "Party_personId_idx" ON "Party"("personId");
CREATE UNIQUE INDEX "Party_caseId_side_key" ON "Party"("caseId", "side");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "Mediation_agreementNo_key" ON "Mediation"("agreementNo");

-- CreateIndex
CREATE INDEX "Mediation_panel_admittedAt_idx" ON "Mediation"("panel", "admittedAt");

-- CreateIndex
CREATE INDEX "Whisper_caseId_side_at_idx" ON "Whisper"("caseId", "side", "at");

-- CreateIndex
CREATE INDEX "Promised_keptAt_brokenAt_byDate_idx" ON "Promised"("keptAt", "brokenAt", "byDate");

-- CreateIndex
CREATE UNIQUE INDEX "Promised_caseId_no_key" ON "Promised"("caseId", "no");

-- CreateIndex
CREATE INDEX "EarlierWish_panel_at_idx" ON "EarlierWish"("panel", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Feed_tokenHash_key" ON "Feed"("tokenHash");

-- CreateIndex
CREATE INDEX "Feed_resource_idx" ON "Feed"("resource");
