using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TaxiCredit.Dispatch.Data;

/// <summary>The log grows for ever: every search reads an index, newest first.</summary>
internal sealed class AuditTables : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> table)
    {
        table.HasIndex(a => new { a.Actor, a.Id });
        table.HasIndex(a => new { a.Subject, a.Id });
        table.HasIndex(a => new { a.Operation, a.Id });
        table.HasIndex(a => a.At);
    }
}
