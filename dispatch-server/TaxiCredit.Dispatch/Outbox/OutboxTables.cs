using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TaxiCredit.Dispatch.Outbox;

internal sealed class OutboxTables : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> table)
    {
        table.ToTable("Outbox");
        table.HasIndex(m => m.MessageId).IsUnique();
        // What is still to be dealt with, by recipient and in order: the rest, which is most, is not in it.
        table.HasIndex(m => new { m.Channel, m.Recipient, m.Id }).HasFilter("\"SettledAt\" IS NULL");
        table.HasIndex(m => m.SettledAt);
    }
}
