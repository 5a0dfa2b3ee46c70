-- DropIndex
DROP INDEX "Party_caseId_idx";

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "applicantSays" TEXT,
ADD COLUMN     "bookedBy" TEXT,
ADD COLUMN     "otherSays" TEXT,
ADD COLUMN     "panel" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "reminded" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Party" ADD COLUMN     "changes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "confirm" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'person',
ADD COLUMN     "longer" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "marks" TEXT NOT NULL DEFAULT '[]',
ADD COLUMN     "reminded" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "wishId" TEXT;

-- CreateTable
CREATE TABLE "Mediation" (
    "caseId" TEXT NOT NULL,
    "panel" TEXT NOT NULL,
    "fromCaseId" TEXT,
    "mediatorId" TEXT,
    "safetyEnc" BYTEA,
    "clearedAt" TEXT,
    "answersEnc" BYTEA,
    "limits" TEXT NOT NULL DEFAULT '[]',
    "admittedAt" TEXT,
    "appraisalAt" TEXT,
    "agreedAs" TEXT,
    "agreementNo" TEXT,
    "agreementEnc" BYTEA,
    "agreedAt" TEXT,
    "confirmation" TEXT,
    "visitEnc" BYTEA,
    "visitedAt" TEXT,
    "performed" INTEGER,
    "endedHow" TEXT,

    CONSTRAINT "Mediation_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "Whisper" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "staffId" TEXT,
    "textEnc" BYTEA NOT NULL,
    "at" TEXT NOT NULL,
    "readAt" TEXT,

    CONSTRAINT "Whisper_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Recusal" (
    "caseId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "reasonEnc" BYTEA,
    "at" TEXT NOT NULL,

    CONSTRAINT "Recusal_pkey" PRIMARY KEY ("caseId","staffId")
);

-- CreateTable
CREATE TABLE "Promised" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "side" TEXT NOT NULL,
    "whatEnc" BYTEA NOT NULL,
    "byDate" TEXT NOT NULL,
    "keptAt" TEXT,
    "brokenAt" TEXT,
    "stage" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Promised_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EarlierWish" (
    "caseId" TEXT NOT NULL,
    "panel" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "offer" TEXT,
    "offerUntil" TEXT,

    CONSTRAINT "EarlierWish_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "Feed" (
    "id" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "madeById" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,
    "endedAt" TEXT,

    CONSTRAINT "Feed_pkey" PRIMARY KEY ("id")
);

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

-- CreateIndex
CREATE INDEX "Session_panel_startsAt_idx" ON "Session"("panel", "startsAt");

-- CreateIndex
CREATE INDEX "Session_caseId_idx" ON "Session"("caseId");

-- CreateIndex
CREATE INDEX "Session_state_startsAt_idx" ON "Session"("state", "startsAt");

-- CreateIndex
CREATE INDEX "Party_personId_idx" ON "Party"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Party_caseId_side_key" ON "Party"("caseId", "side");

-- AddForeignKey
ALTER TABLE "Mediation" ADD CONSTRAINT "Mediation_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
