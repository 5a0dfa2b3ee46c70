-- CreateTable
CREATE TABLE "KnowledgeWeek" (
    "week" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "editedById" TEXT,
    "approvedById" TEXT,
    "approvedAt" TEXT,
    "sentAt" TEXT,

    CONSTRAINT "KnowledgeWeek_pkey" PRIMARY KEY ("week")
);

-- CreateTable
CREATE TABLE "Nomination" (
    "id" TEXT NOT NULL,
    "volunteerId" TEXT NOT NULL,
    "bodyEnc" BYTEA NOT NULL,
    "byId" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,

    CONSTRAINT "Nomination_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Nomination_volunteerId_idx" ON "Nomination"("volunteerId");
