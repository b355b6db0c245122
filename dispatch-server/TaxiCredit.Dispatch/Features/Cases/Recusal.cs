using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>
/// Somebody at the bureau keeps out of a case, by their own word. Why is not asked and not stored: kin and friendship are nobody's register.
/// </summary>
[Chronicled]
internal sealed class Recusal
{
    public required long CaseId { get; init; }

    /// <summary>Name of the person at the bureau.</summary>
    public required string Actor { get; init; }

    public required DateOnly DeclaredOn { get; init; }
}

internal sealed class RecusalTable : IEntityTypeConfiguration<Recusal>
{
    public void Configure(EntityTypeBuilder<Recusal> table)
    {
        table.ToTable("Recusals");
        table.HasKey(r => new { r.CaseId, r.Actor });
        table.HasOne<Case>().WithMany().HasForeignKey(r => r.CaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>A person declares that they keep out of a case; it cannot be taken back. A case that they had taken up waits for somebody else again.</summary>
internal sealed record DeclareRecusal(Acting Actor)
{
    private static readonly OperationRule Rule = new("declare-recusal", Permission.DecideCase);

    public static Task<Outcome<Case>> HandleAsync(string number, DeclareRecusal command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Case>(Rule, command.Actor, null, async person =>
        {
            if (await context.Db.FindCaseAsync(number, stop) is not { } report)
                return CaseQueue.Unknown(number);
            if (await context.Db.Recusals.AnyAsync(r => r.CaseId == report.Id && r.Actor == person.Name, stop))
                return Refusal.Conflict("recused-already", $"'{person.Name}' keeps out of case {number} already.");

            // Whoever had taken it up no longer has: CaseHolders.OfAsync passes over who keeps out.
            report.Touch();
            context.Db.Recusals.Add(new Recusal { CaseId = report.Id, Actor = person.Name, DeclaredOn = context.Today });
            return Done.With(report, report.Number);
        }, stop);
}
