using System.Globalization;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <summary>Reads a form against the day and the hour at which it is sent.</summary>
/// <param name="Hour">Present hour in the city; null where the bureau's date is not the calendar's, and no hour of it is known to be ahead.</param>
internal sealed record FormReader(DateOnly Today, int? Hour, int LongestAgoDays, string PraiseCode, InstalledRulebooks Rulebooks)
{
    public static FormReader At(OperationContext context, PassengerSettings settings) => new(
        context.Today, context.IsCalendar ? BureauTime.InCity(context.Now).Hour : null, settings.LongestAgoDays, settings.PraiseCode, context.Rulebooks);

    /// <summary>The first day that a report may tell of.</summary>
    public DateOnly Earliest => Today.AddDays(-LongestAgoDays);

    /// <summary>What passengers may complain of.</summary>
    public IEnumerable<ConductCode> Conducts =>
        Rulebooks.InForceOn(Today) is { Refusal: null } inForce
            ? inForce.Value.Codes.Where(code => code.Category is ConductCategory.Service or ConductCategory.Safety)
            : [];

    /// <summary>Days, hours and contacts as Chinese keyboards give them, in the form in which fields show them and people compare them.</summary>
    public static void Tidy(ReportForm form)
    {
        form.Day = DayOf(form.Day) is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : form.Day;
        form.Hour = HourOf(form.Hour) is { } hour ? hour.ToString(CultureInfo.InvariantCulture) : form.Hour;
        form.Contact = form.Contact is { } contact ? Spelling.Folded(contact) : null;
    }

    /// <summary>Every fault of the form, by its field; empty if <see cref="Read"/> can be called.</summary>
    public Dictionary<ReportField, ReportFault> FaultsOf(ReportForm form)
    {
        var faults = new Dictionary<ReportField, ReportFault>();
        Note(ReportField.Kind, form.Kind is "complaint" or "praise" ? null : ReportFault.Missing);
        Note(ReportField.Conduct, form.IsPraise ? null : FaultOfConduct(form.Conduct));
        Note(ReportField.Account, FaultOfText(form.Account, PassengerReport.LongestAccount));
        Note(ReportField.Day, FaultOfDay(form.Day));
        Note(ReportField.Hour, FaultOfHour(form));
        Note(ReportField.Place, FaultOfText(form.Place, PassengerReport.LongestPlace));
        Note(ReportField.Contact, form.Contact?.Length > ReportContact.Longest ? ReportFault.TooLong : null);
        return faults;

        void Note(ReportField field, ReportFault? fault)
        {
            if (fault is { } found)
                faults.Add(field, found);
        }
    }

    /// <exception cref="FormatException">The form has faults.</exception>
    public ReportContent Read(ReportForm form)
    {
        var day = DayOf(form.Day) ?? throw new FormatException("The form has faults.");
        var kind = form.IsPraise ? CaseKind.Merit : CaseKind.Complaint;
        // A conduct that was not in the rulebook on that day is for the officer to name.
        var code = ConductRules.Find(form.IsPraise ? PraiseCode : form.Conduct, day, kind, Rulebooks);
        var contact = Spelling.Folded(Plain(form.Contact));
        return new(
            kind, code.Refusal is null ? code.Value.Id : null, Plain(form.Account), day, HourOf(form.Hour), Plain(form.Place),
            contact.Length == 0 ? null : contact);
    }

    private ReportFault? FaultOfConduct(string? conduct)
    {
        if (string.IsNullOrEmpty(conduct))
            return ReportFault.Missing;
        return conduct == ReportForm.SomethingElse || Conducts.Any(code => code.Id == conduct) ? null : ReportFault.Unknown;
    }

    private ReportFault? FaultOfDay(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return ReportFault.Missing;
        if (DayOf(typed) is not { } day)
            return ReportFault.Unknown;
        if (day > Today)
            return ReportFault.Future;
        return day < Earliest ? ReportFault.TooLongAgo : null;
    }

    private ReportFault? FaultOfHour(ReportForm form)
    {
        if (string.IsNullOrEmpty(form.Hour))
            return null;
        if (HourOf(form.Hour) is not { } hour)
            return ReportFault.Unknown;
        return DayOf(form.Day) == Today && hour > Hour ? ReportFault.Future : null;
    }

    private static ReportFault? FaultOfText(string? text, int max)
    {
        if (Plain(text).Length == 0)
            return ReportFault.Missing;
        return text!.Length > max ? ReportFault.TooLong : null;
    }

    /// <summary>A date field sends 2018-01-02; where there is none, people type 2018/1/2, 2018.1.2 or 2018年1月2日, in digits of either width.</summary>
    public static DateOnly? DayOf(string? typed)
    {
        var read = string.Concat(Spelling.Folded(typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '日')
            .Select(c => c is '/' or '年' or '月' || Spelling.IsDot(c) ? '-' : c));
        return DateOnly.TryParseExact(read, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    /// <summary>0 to 23, in digits of either width; null for anything else.</summary>
    public static int? HourOf(string? typed) =>
        int.TryParse(Spelling.Folded(typed ?? "").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour < 24 ? hour : null;

    /// <summary>Without what cannot be seen; databases do not take every control character either.</summary>
    private static string Plain(string? text) => string.Concat((text ?? "").ReplaceLineEndings("\n").Where(c => c == '\n' || !char.IsControl(c))).Trim();
}
