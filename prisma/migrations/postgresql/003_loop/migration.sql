-- AlterTable
ALTER TABLE "Follow" ADD COLUMN     "ownCaseId" TEXT;

-- CreateTable
CREATE TABLE "StaffChat" (
    "staffId" TEXT NOT NULL,
    "personId" TEXT,
    "codeHash" TEXT,
    "codeUntil" TEXT,
    "linkedAt" TEXT,

    CONSTRAINT "StaffChat_pkey" PRIMARY KEY ("staffId")
);

-- CreateTable
CREATE TABLE "GridRecord" (
    "id" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "gridId" TEXT NOT NULL,
    "duty" TEXT NOT NULL,
    "onDate" TEXT NOT NULL,
    "textEnc" BYTEA,
    "caseId" TEXT,
    "files" TEXT NOT NULL DEFAULT '[]',
    "at" TEXT NOT NULL,

    CONSTRAINT "GridRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Assessment" (
    "id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "orderId" TEXT,
    "unitId" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "contacted" INTEGER,
    "answered" INTEGER,
    "redone" INTEGER NOT NULL DEFAULT 0,
    "upheld" INTEGER,
    "solved" INTEGER,
    "satisfied" INTEGER,
    "reviewed" TEXT NOT NULL DEFAULT '{}',
    "reviewEnc" BYTEA,
    "reviewedById" TEXT,
    "reviewedAt" TEXT,
    "at" TEXT NOT NULL,

    CONSTRAINT "Assessment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "StaffChat_personId_key" ON "StaffChat"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "StaffChat_codeHash_key" ON "StaffChat"("codeHash");

-- CreateIndex
CREATE INDEX "GridRecord_gridId_onDate_idx" ON "GridRecord"("gridId", "onDate");

-- CreateIndex
CREATE INDEX "GridRecord_staffId_onDate_idx" ON "GridRecord"("staffId", "onDate");

-- CreateIndex
CREATE UNIQUE INDEX "Assessment_subject_key" ON "Assessment"("subject");

-- CreateIndex
CREATE INDEX "Assessment_month_unitId_idx" ON "Assessment"("month", "unitId");

-- CreateIndex
CREATE INDEX "Assessment_caseId_idx" ON "Assessment"("caseId");

-- CreateIndex
CREATE INDEX "Follow_personId_idx" ON "Follow"("personId");
