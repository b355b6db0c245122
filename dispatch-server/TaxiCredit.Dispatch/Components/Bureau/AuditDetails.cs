using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using TaxiCredit.Dispatch.Components.Accounts;
using TaxiCredit.Dispatch.Components.Parts;

namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>
/// Details of audit lines in the reader's language. The log itself is written in one language and never rewritten; a detail of a form that is not
/// known here is shown as it was written.
/// </summary>
internal sealed partial class AuditDetails(
    IStringLocalizer<AuditTexts> texts,
    IStringLocalizer<BureauTexts> cases,
    IStringLocalizer<ReviewTexts> reports,
    IStringLocalizer<AccountTexts> accounts,
    Words words)
{
    public string Of(string operation, string detail) =>
        In(detail, ByToken(), p => texts["Detail.token", Told(operation, p[0]), p[1]]) ?? Told(operation, detail);

    private string Told(string operation, string detail) => (operation switch
    {
        "record-case" => In(detail, ReportedCase(), p => texts["Detail.record-case", Word(cases, $"Kind.{p[0]}", p[0]), p[1], p[2], p[3]])
            ?? In(detail, Three(), p => $"{Word(cases, $"Kind.{p[0]}", p[0])} {p[1]} {p[2]}"),
        "decide-case" or "confirm-decision" => In(detail, Pair(), p => $"{Word(cases, $"Status.{p[0]}", p[0])} {p[1]}".TrimEnd()),
        "reverse-entry" => In(detail, Reversal(), p => texts["Detail.reverse-entry", p[0], p[1]]),
        "declare-complex" => In(detail, Until(), p => texts["Detail.declare-complex", Day(p[0])]),
        "submit-report" => In(detail, Three(), p => $"{Word(reports, $"Kind.{p[0]}", p[0])} {p[1]} {Word(reports, $"State.{p[2]}", p[2])}"),
        "release-report" or "assign-report" or "reject-report" or "withdraw-report" => In(detail, Pair(), Reviewed),
        "open-check" => In(detail, Seen(), p => texts["Detail.open-check", Light(p[0]), Light(p[1])]),
        "close-check" => In(detail, Check(), p => texts["Detail.close-check", p[0]]),
        "add-cab" => In(detail, AddedCab(), p => texts["Detail.add-cab", p[0], p[1]]),
        "change-plate" => In(detail, ChangedPlate(), p => texts["Detail.change-plate", p[0], p[1], Day(p[2]), p[3]]),
        "move-driver" => In(detail, MovedDriver(), p => texts["Detail.move-driver", p[0], p[1], p[2], p[3], Day(p[4]), p[5]]),
        "end-membership" => In(detail, LeftTeam(), p => texts["Detail.end-membership", p[0], Day(p[1]), p[2]]),
        "renew-membership" => In(detail, CameBack(), p => texts["Detail.renew-membership", p[0], p[1], Day(p[2]), p[3]]),
        "undo-membership" => In(detail, LeftTeam(), p => texts["Detail.undo-membership", Word(texts, $"Change.{p[0]}", p[0]), Day(p[1]), p[2]]),
        "begin-membership" or "add-driver" => In(detail, HomeCab(), p => texts["Detail.add-driver", p[0]]),
        "move-display" => In(detail, Move(), p => texts["Detail.move-shift", p[0], p[1]]),
        "replace-display" => In(detail, Replaced(), p => texts["Detail.replace-display", p[0], p[1], Word(texts, $"Rest.{p[2]}", p[2]), p[3]]),
        "take-out-display" => In(detail, TakenOut(), p => texts["Detail.take-out-display", p[0], Word(texts, $"Rest.{p[1]}", p[1]), p[2]]),
        "move-shift" => In(detail, Move(), p => texts["Detail.move-shift", p[0], p[1]]),
        "preview-month" => In(detail, Previewed(), p => texts["Detail.preview-month", p[0], p[1], p[2]]),
        "sign-month" or "withdraw-signature" or "publish-month" => In(detail, Figures(), p => texts["Detail.figures", p[0], p[1]]),
        "revise-month" => In(detail, Recomputed(), p => texts["Detail.revise-month", p[0], words.List(p[1].Split(", "))]),
        "change-password" => In(detail, RemovedPasskeys(), p => texts["Detail.change-password", p[0]]),
        "rotate-display-keys" or "rekey-display" => In(detail, Epoch(), p => texts["Detail.rotate-display-keys", p[0]]),
        "command-display" => Word(texts, $"Command.{detail}", detail),
        "sign-in" or "prove-again" => Word(texts, $"Means.{detail.Replace(' ', '-')}", detail),
        "invite" or "add-actor" => Word(accounts, $"Role.{detail}", detail),
        "accept-invitation" => In(detail, ByTwo(), p => texts["Detail.accept-invitation-two", words.Actor(p[0]), words.Actor(p[1])])
            ?? In(detail, By(), p => texts["Detail.accept-invitation", words.Actor(p[0])]),
        "approve-invitation" => In(detail, By(), p => texts["Detail.accept-invitation", words.Actor(p[0])]),
        "answer-loss" => Word(texts, $"Answer.{detail}", detail),
        "hand-over-found" => In(detail, WrongCode(), p => texts["Detail.wrong-code", p[0]]),
        "erase-contacts" => In(detail, Erased(), p => texts["Detail.erase-contacts", p[0], p[1]]),
        "apply-register" => In(detail, Applied(), p => texts["Detail.apply-register", p[0], words.List(p[1].Split(", ").Select(Counted))]),
        // The rest says where the spool had it.
        "read-file" => In(detail, LookedAt(), p => p[0]),
        "import-city" => In(detail, Imported(), p => texts["Detail.import-city", p[0], p[1], p[2], p[3]]),
        _ => null,
    }) ?? detail;

    /// <summary>How many of an operation: <c>3 add-driver</c>.</summary>
    private string Counted(string counted) => counted.Split(' ') is [var count, var operation]
        ? $"{Word(texts, $"Op.{operation}", operation)} {count}"
        : counted;

    private static string? In(string detail, Regex form, Func<string[], string> tell) =>
        form.Match(detail) is { Success: true } parts ? tell([.. parts.Groups.Values.Skip(1).Select(group => group.Value)]) : null;

    private string Reviewed(string[] parts) => $"{Word(reports, $"State.{parts[0]}", parts[0])} {parts[1]}".TrimEnd();

    private string Day(string day) => DateOnly.TryParse(day, CultureInfo.InvariantCulture, out var read) ? words.Day(read) : day;

    private string Light(string seen) => seen.Length == 1 && char.IsAsciiDigit(seen[0]) ? words.Of(seen[0] - '0') : Word(texts, $"Light.{seen}", seen);

    private static string Word(IStringLocalizer from, string key, string asWritten) => from[key] is { ResourceNotFound: false } told ? told : asWritten;

    [GeneratedRegex(@"^wrong code (\d+)$")]
    private static partial Regex WrongCode();

    [GeneratedRegex(@"^(.*): (\d+ [a-z-]+(?:, \d+ [a-z-]+)*)$", RegexOptions.Singleline)]
    private static partial Regex Applied();

    [GeneratedRegex(@"^(\S+) ?(\S*)$")]
    private static partial Regex Pair();

    [GeneratedRegex(@"^(\S+) (\S+) (\S+) of (\S+)$")]
    private static partial Regex ReportedCase();

    [GeneratedRegex(@"^(\S+) (\S+) (\S+)$")]
    private static partial Regex Three();

    [GeneratedRegex(@"^entry (\d+) by (\d+)$")]
    private static partial Regex Reversal();

    [GeneratedRegex(@"^until (\d{4}-\d\d-\d\d)$")]
    private static partial Regex Until();

    [GeneratedRegex(@"^seen (\S+), confirmed (\S+)$")]
    private static partial Regex Seen();

    [GeneratedRegex(@"^check (\d+)$")]
    private static partial Regex Check();

    [GeneratedRegex(@"^(.+) in (\S+)$")]
    private static partial Regex AddedCab();

    [GeneratedRegex(@"^(.+) to (.+) on (\d{4}-\d\d-\d\d): (.+)$", RegexOptions.Singleline)]
    private static partial Regex ChangedPlate();

    [GeneratedRegex(@"^(\S+) (\S+) to (\S+) (\S+) on (\d{4}-\d\d-\d\d): (.+)$", RegexOptions.Singleline)]
    private static partial Regex MovedDriver();

    [GeneratedRegex(@"^(\S+) on (\d{4}-\d\d-\d\d): (.+)$", RegexOptions.Singleline)]
    private static partial Regex LeftTeam();

    [GeneratedRegex(@"^(\S+) (\S+) on (\d{4}-\d\d-\d\d): (.+)$", RegexOptions.Singleline)]
    private static partial Regex CameBack();

    [GeneratedRegex(@"^home cab (\S+)$")]
    private static partial Regex HomeCab();

    [GeneratedRegex(@"^(\S+) to (\S+)$")]
    private static partial Regex Move();

    [GeneratedRegex(@"^(\S+) instead of (\S+), (\w+): (.+)$", RegexOptions.Singleline)]
    private static partial Regex Replaced();

    [GeneratedRegex(@"^(\S+) (\w+): (.+)$", RegexOptions.Singleline)]
    private static partial Regex TakenOut();

    [GeneratedRegex(@"^revision (\d+) through (\d+) digest (\S+)$")]
    private static partial Regex Previewed();

    [GeneratedRegex(@"^revision (\d+) digest (\S+)$")]
    private static partial Regex Figures();

    /// <summary>The reason is a person's own text and stays as typed.</summary>
    [GeneratedRegex(@"^(.*); recomputed ([\d, -]+)$", RegexOptions.Singleline)]
    private static partial Regex Recomputed();

    [GeneratedRegex(@"^epoch (\d+)$")]
    private static partial Regex Epoch();

    /// <summary>What a machine recorded for a person.</summary>
    [GeneratedRegex(@"^(.*) by token:(.+)$", RegexOptions.Singleline)]
    private static partial Regex ByToken();

    [GeneratedRegex(@"^by (.+) and (.+)$")]
    private static partial Regex ByTwo();

    [GeneratedRegex(@"^by (.+)$")]
    private static partial Regex By();

    [GeneratedRegex(@"^passkeys (\d+)$")]
    private static partial Regex RemovedPasskeys();

    [GeneratedRegex(@"^(.+) #[0-9a-f]{16}-\d+$")]
    private static partial Regex LookedAt();

    [GeneratedRegex(@"^contacts (\d+), photos (\d+)$")]
    private static partial Regex Erased();

    [GeneratedRegex(@"^(\d+) drivers \(sha256 (\w+)\), (\d+) cases \(sha256 (\w+)\)$")]
    private static partial Regex Imported();
}
