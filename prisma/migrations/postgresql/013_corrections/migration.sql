-- CreateTable
CREATE TABLE "Proposal" (
    "caseId" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "route" TEXT,
    "share" INTEGER NOT NULL,
    "alternatives" TEXT NOT NULL DEFAULT '[]',
    "asked" INTEGER NOT NULL DEFAULT 0,
    "chosen" TEXT,
    "label" TEXT,

    CONSTRAINT "Proposal_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "Example" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "textEnc" BYTEA,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "decidedById" TEXT,
    "decidedAt" TEXT,
    "createdAt" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Example_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Proposal_month_route_idx" ON "Proposal"("month", "route");

-- CreateIndex
CREATE UNIQUE INDEX "Example_caseId_key" ON "Example"("caseId");

-- CreateIndex
CREATE INDEX "Example_state_createdAt_idx" ON "Example"("state", "createdAt");

-- CreateIndex
CREATE INDEX "Example_personId_idx" ON "Example"("personId");
