using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Sqlite;

[DbContext(typeof(SqliteDispatchContext))]
[Migration("20261129224800_JobRuns")]
internal sealed class JobRuns : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "JobRuns",
            columns: table => new
            {
                Name = table.Column<string>(type: "TEXT", nullable: false),
                Server = table.Column<string>(type: "TEXT", nullable: false),
                StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                Duration = table.Column<long>(type: "INTEGER", nullable: false),
                Outcome = table.Column<string>(type: "TEXT", nullable: false),
                Fault = table.Column<string>(type: "TEXT", nullable: true),
                SucceededAt = table.Column<long>(type: "INTEGER", nullable: true),
                NextAt = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_JobRuns", x => x.Name);
            });
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "JobRuns");
}
