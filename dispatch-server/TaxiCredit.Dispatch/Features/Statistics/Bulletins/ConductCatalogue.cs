using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Statistics.Bulletins;

/// <summary>The conducts that a month's bulletin can name, in the order of the rulebook by which it was closed; those of earlier versions follow.</summary>
internal sealed class ConductCatalogue
{
    public const string Other = "other";

    /// <summary>What costs points, in the order of the lines.</summary>
    public static readonly string[] Deductions = ["service", "safety", "peer", Other];

    public const string Merit = "merit";

    private readonly IReadOnlyList<ConductName> _names;
    private readonly IReadOnlyDictionary<string, ConductName> _byCode;

    private ConductCatalogue(IEnumerable<Rulebook> versions)
    {
        _names = [.. versions.SelectMany(version => version.Codes).DistinctBy(code => code.Id).Select(code => new ConductName(
            code.Id, code.Zh, code.En, code.Category.ToString().ToLowerInvariant()))];
        _byCode = _names.ToDictionary(name => name.Code);
    }

    /// <summary>From the database alone: texts that were installed and never used name nothing here.</summary>
    /// <param name="texts">What was stored before the close was published, as <see cref="StoredAsync"/> gives it.</param>
    public static ConductCatalogue Of(Month month, IReadOnlyList<RulebookText> texts) =>
        new(texts.Select(text => text.Rules).Where(rules => rules.EffectiveFrom <= month.LastDay));

    /// <summary>The close's own text first, then the others, the newest first.</summary>
    public static async Task<IReadOnlyList<RulebookText>> StoredAsync(Close close, DispatchContext db, CancellationToken stop)
    {
        var stored = await db.Rulebooks.AsNoTracking().Where(text => text.StoredAt <= close.PublishedAt).ToListAsync(stop);
        return [.. stored.OrderByDescending(text => text.Sha256 == close.RulebookHash).ThenByDescending(text => text.EffectiveFrom)
            .ThenByDescending(text => text.StoredAt).ThenBy(text => text.Sha256, StringComparer.Ordinal).Select(text => text.Read()).OfType<RulebookText>()];
    }

    public ConductName this[string code] => _byCode.GetValueOrDefault(code) ?? new(code, null, null, Other);

    /// <summary>Every code of a category, and those that were used without being in the rulebook behind them.</summary>
    public IReadOnlyList<string> Codes(string category, IEnumerable<string> used) =>
    [
        .. _names.Where(name => name.Category == category).Select(name => name.Code)
            .Concat(used.Where(code => this[code].Category == category).Order(StringComparer.Ordinal)).Distinct(),
    ];
}
