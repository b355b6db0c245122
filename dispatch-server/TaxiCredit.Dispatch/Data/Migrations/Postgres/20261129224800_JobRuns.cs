using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TaxiCredit.Dispatch.Data.Migrations.Postgres;

[DbContext(typeof(PostgresDispatchContext))]
[Migration("20261129224800_JobRuns")]
internal sealed class JobRuns : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "JobRuns",
            columns: table => new
            {
                Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                Server = table.Column<string>(type: "text", nullable: false, collation: "C"),
                StartedAt = table.Column<long>(type: "bigint", nullable: false),
                Duration = table.Column<long>(type: "bigint", nullable: false),
                Outcome = table.Column<string>(type: "text", nullable: false),
                Fault = table.Column<string>(type: "text", nullable: true, collation: "C"),
                SucceededAt = table.Column<long>(type: "bigint", nullable: true),
                NextAt = table.Column<long>(type: "bigint", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_JobRuns", x => x.Name);
            });
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "JobRuns");
}
