-- CreateTable
CREATE TABLE "DistrictFile" (
    "name" TEXT NOT NULL,
    "textEnc" BYTEA NOT NULL,
    "change" INTEGER NOT NULL,

    CONSTRAINT "DistrictFile_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "DistrictChange" (
    "no" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "staffId" TEXT,
    "how" TEXT NOT NULL,
    "undoes" INTEGER,
    "undoneBy" INTEGER,
    "books" TEXT NOT NULL,
    "added" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "removed" INTEGER NOT NULL DEFAULT 0,
    "reasonEnc" BYTEA,
    "textsEnc" BYTEA NOT NULL,

    CONSTRAINT "DistrictChange_pkey" PRIMARY KEY ("no")
);
