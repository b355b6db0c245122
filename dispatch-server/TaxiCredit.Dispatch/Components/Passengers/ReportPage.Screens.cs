using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Features.Passengers.Reports;

namespace TaxiCredit.Dispatch.Components.Passengers;

/// <summary>How the form's screens follow one another, and what they say of faults.</summary>
public sealed partial class ReportPage
{
    /// <summary>Leads to a screen by its address, so that Back and a reload ask for a page and send no form again.</summary>
    /// <param name="faults">What is wrong on that screen.</param>
    /// <param name="wrong">The same, in the address.</param>
    private void Turn(int step, List<(ReportField, string)>? faults = null, string? wrong = null)
    {
        if (Drafts.TryKeep(Context, _cab!.Code, Form, _submission))
        {
            Navigation.NavigateTo(AddressOf(step, wrong));
            return;
        }

        // Too long to be kept: drawn from what was posted.
        (_step, _shown) = (step, faults ?? []);
        _hasLostPhoto = HasPhoto;
    }

    /// <summary>The screen as it was sent, with the reason why that came to nothing. It is kept too: the other language asks for it anew.</summary>
    private void ShowAgain(int status, string reason)
    {
        Context.Response.StatusCode = status;
        Drafts.TryKeep(Context, _cab!.Code, Form, _submission);
        (_notice, _hasLostPhoto) = (reason, HasPhoto);
    }

    /// <summary>A browser lets go of a photo whenever a page is drawn again.</summary>
    private bool HasPhoto => Photo is { Length: > 0 };

    private string AddressOf(int step, string? wrong = null) =>
        $"/cab/{_cab!.Code}/report?kind={Form.Kind}&step={step}{(wrong is null ? "" : $"&wrong={wrong}")}";

    /// <summary>As it was chosen; null for praise, which is of one kind.</summary>
    private string? ConductInWords()
    {
        if (Form.IsPraise)
            return null;
        return _reader.Conducts.FirstOrDefault(code => code.Id == Form.Conduct) is { } named ? Words.Conduct(named.Zh, named.En) : T["Conduct.Other"];
    }

    /// <summary>Id of the field's control.</summary>
    private static string IdOf(ReportField field) => field.ToString().ToLowerInvariant();

    private List<(ReportField Field, string Told)> FaultsOf(int step) => [.. _reader.FaultsOf(Form).Where(fault => Fields[step - 1].Contains(fault.Key))
        .OrderBy(fault => fault.Key).Select(fault => (fault.Key, Told(fault.Key, fault.Value)))];

    private string? FaultOf(ReportField field) => _shown.Where(fault => fault.Field == field).Select(fault => fault.Told).FirstOrDefault();

    private string Told(ReportField field, ReportFault fault) => (field, fault) switch
    {
        (ReportField.Kind or ReportField.Conduct, _) => T[$"Fault.{field}"],
        (ReportField.Account, ReportFault.TooLong) =>
            T[$"Fault.{field}.{fault}", Words.Count(Form.Account!.Length), Words.Count(PassengerReport.LongestAccount)],
        (ReportField.Place, ReportFault.TooLong) => T[$"Fault.{field}.{fault}", Words.Count(Form.Place!.Length), Words.Count(PassengerReport.LongestPlace)],
        (ReportField.Contact, ReportFault.TooLong) => T[$"Fault.{field}.{fault}", Words.Count(Form.Contact!.Length), Words.Count(ReportContact.Longest)],
        (ReportField.Day, ReportFault.TooLongAgo) => T[$"Fault.{field}.{fault}", _reader.LongestAgoDays],
        _ => T[$"Fault.{field}.{fault}"],
    };

    /// <summary>What the other screen asks for, as typed so far.</summary>
    private IEnumerable<(string Name, string? Value)> Carried() => new (ReportField Field, string? Value)[]
        {
            (ReportField.Conduct, Form.Conduct), (ReportField.Account, Form.Account), (ReportField.Day, Form.Day),
            (ReportField.Hour, Form.Hour), (ReportField.Place, Form.Place), (ReportField.Contact, Form.Contact),
        }
        .Where(field => field.Value is not null && !Fields[_step - 1].Contains(field.Field))
        .Select(field => (field.Field.ToString(), field.Value));
}
