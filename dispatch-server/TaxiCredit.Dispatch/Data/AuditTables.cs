using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TaxiCredit.Dispatch.Data;

/// <summary>The log grows for ever: whatever it is searched by is read, newest first, from an index.</summary>
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
