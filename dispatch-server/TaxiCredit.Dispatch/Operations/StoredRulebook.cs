using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>A rulebook's text that a close or an entry has used. Append-only: the database refuses to change or delete a row.</summary>
[Chronicled]
internal sealed class StoredRulebook
{
    /// <summary>Of <see cref="Json"/>, 64 lower-case hex digits; a close names it.</summary>
    public required string Sha256 { get; init; }

    public required string RulebookId { get; init; }

    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>As <see cref="RulesHash"/> gives it. All texts of one version share it.</summary>
    public required string RulesSha256 { get; init; }

    /// <summary>The file, byte for byte.</summary>
    public required byte[] Json { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>The text; null if it is not the one that its row names.</summary>
    public RulebookText? Read() =>
        RulebookText.Read(Json, RulebookText.OfDatabase, out _) is { } text && text.Sha256 == Sha256 && text.RulesSha256 == RulesSha256
            && text.Rules.Id == RulebookId && text.From == EffectiveFrom ? text : null;
}

internal sealed class StoredRulebookTable : IEntityTypeConfiguration<StoredRulebook>
{
    public void Configure(EntityTypeBuilder<StoredRulebook> table)
    {
        table.ToTable("Rulebooks");
        table.HasKey(r => r.Sha256);
    }
}

internal static class StoredRulebooks
{
    extension(DispatchContext db)
    {
        public DbSet<StoredRulebook> Rulebooks => db.Set<StoredRulebook>();
    }

    /// <summary>The rulebook with a text; null if the database does not have it, or has it no longer as it was.</summary>
    /// <param name="sha256">Of the text.</param>
    public static async Task<Rulebook?> FindRulebookAsync(this DispatchContext db, string sha256, CancellationToken stop) =>
        (await db.Rulebooks.AsNoTracking().SingleOrDefaultAsync(r => r.Sha256 == sha256, stop))?.Read()?.Rules;
}
