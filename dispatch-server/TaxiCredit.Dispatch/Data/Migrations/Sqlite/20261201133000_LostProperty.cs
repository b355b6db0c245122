using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Sqlite;

/// <summary>What passengers miss, whom that was asked, how owners are reached, and what drivers found.</summary>
[DbContext(typeof(SqliteDispatchContext))]
[Migration("20261201133000_LostProperty")]
internal sealed class LostProperty : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Losses",
            columns: table => new
            {
                Id = table.Column<long>(type: "INTEGER", nullable: false)
                    .Annotation("Sqlite:Autoincrement", true),
                Receipt = table.Column<string>(type: "TEXT", nullable: false),
                Submission = table.Column<Guid>(type: "TEXT", nullable: false),
                CabId = table.Column<int>(type: "INTEGER", nullable: false),
                Kind = table.Column<string>(type: "TEXT", nullable: false),
                Description = table.Column<string>(type: "TEXT", nullable: false),
                LostOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                LostHour = table.Column<int>(type: "INTEGER", nullable: true),
                ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                SubmittedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                Status = table.Column<string>(type: "TEXT", nullable: false),
                OwnerCode = table.Column<string>(type: "TEXT", nullable: true),
                WrongCodes = table.Column<int>(type: "INTEGER", nullable: false),
                SettledOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                Remark = table.Column<string>(type: "TEXT", nullable: true),
                Version = table.Column<Guid>(type: "TEXT", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Losses", x => x.Id);
                table.ForeignKey(
                    name: "FK_Losses_Cabs_CabId",
                    column: x => x.CabId,
                    principalTable: "Cabs",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "FoundItems",
            columns: table => new
            {
                Id = table.Column<long>(type: "INTEGER", nullable: false)
                    .Annotation("Sqlite:Autoincrement", true),
                CabId = table.Column<int>(type: "INTEGER", nullable: false),
                DriverId = table.Column<int>(type: "INTEGER", nullable: false),
                Kind = table.Column<string>(type: "TEXT", nullable: false),
                Description = table.Column<string>(type: "TEXT", nullable: false),
                KeptAt = table.Column<string>(type: "TEXT", nullable: false),
                FoundOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                RegisteredOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                RegisteredBy = table.Column<string>(type: "TEXT", nullable: false),
                Status = table.Column<string>(type: "TEXT", nullable: false),
                LossId = table.Column<long>(type: "INTEGER", nullable: true),
                SettledOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                WentTo = table.Column<string>(type: "TEXT", nullable: true),
                CaseId = table.Column<long>(type: "INTEGER", nullable: true),
                Version = table.Column<Guid>(type: "TEXT", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_FoundItems", x => x.Id);
                table.ForeignKey(
                    name: "FK_FoundItems_Cabs_CabId",
                    column: x => x.CabId,
                    principalTable: "Cabs",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
                table.ForeignKey(
                    name: "FK_FoundItems_Cases_CaseId",
                    column: x => x.CaseId,
                    principalTable: "Cases",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
                table.ForeignKey(
                    name: "FK_FoundItems_Drivers_DriverId",
                    column: x => x.DriverId,
                    principalTable: "Drivers",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
                table.ForeignKey(
                    name: "FK_FoundItems_Losses_LossId",
                    column: x => x.LossId,
                    principalTable: "Losses",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "LossContacts",
            columns: table => new
            {
                LossId = table.Column<long>(type: "INTEGER", nullable: false),
                Sealed = table.Column<byte[]>(type: "BLOB", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_LossContacts", x => x.LossId);
                table.ForeignKey(
                    name: "FK_LossContacts_Losses_LossId",
                    column: x => x.LossId,
                    principalTable: "Losses",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            name: "LossQuestions",
            columns: table => new
            {
                Id = table.Column<long>(type: "INTEGER", nullable: false)
                    .Annotation("Sqlite:Autoincrement", true),
                LossId = table.Column<long>(type: "INTEGER", nullable: false),
                DriverId = table.Column<int>(type: "INTEGER", nullable: false),
                AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                WasFound = table.Column<bool>(type: "INTEGER", nullable: true),
                AnsweredAt = table.Column<long>(type: "INTEGER", nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_LossQuestions", x => x.Id);
                table.ForeignKey(
                    name: "FK_LossQuestions_Drivers_DriverId",
                    column: x => x.DriverId,
                    principalTable: "Drivers",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
                table.ForeignKey(
                    name: "FK_LossQuestions_Losses_LossId",
                    column: x => x.LossId,
                    principalTable: "Losses",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateIndex(
            name: "IX_FoundItems_CabId",
            table: "FoundItems",
            column: "CabId");

        migrationBuilder.CreateIndex(
            name: "IX_FoundItems_CaseId",
            table: "FoundItems",
            column: "CaseId");

        migrationBuilder.CreateIndex(
            name: "IX_FoundItems_DriverId",
            table: "FoundItems",
            column: "DriverId");

        migrationBuilder.CreateIndex(
            name: "IX_FoundItems_LossId",
            table: "FoundItems",
            column: "LossId");

        migrationBuilder.CreateIndex(
            name: "IX_FoundItems_RegisteredOn",
            table: "FoundItems",
            column: "RegisteredOn");

        migrationBuilder.CreateIndex(
            name: "IX_FoundItems_Status",
            table: "FoundItems",
            column: "Status");

        migrationBuilder.CreateIndex(
            name: "IX_Losses_CabId_ReceivedAt",
            table: "Losses",
            columns: ["CabId", "ReceivedAt"]);

        migrationBuilder.CreateIndex(
            name: "IX_Losses_Receipt",
            table: "Losses",
            column: "Receipt",
            unique: true);

        migrationBuilder.CreateIndex(
            name: "IX_Losses_Status",
            table: "Losses",
            column: "Status");

        migrationBuilder.CreateIndex(
            name: "IX_Losses_Submission",
            table: "Losses",
            column: "Submission",
            unique: true);

        migrationBuilder.CreateIndex(
            name: "IX_Losses_SubmittedOn",
            table: "Losses",
            column: "SubmittedOn");

        migrationBuilder.CreateIndex(
            name: "IX_LossQuestions_DriverId",
            table: "LossQuestions",
            column: "DriverId");

        migrationBuilder.CreateIndex(
            name: "IX_LossQuestions_LossId_DriverId",
            table: "LossQuestions",
            columns: ["LossId", "DriverId"],
            unique: true);
    }
}
