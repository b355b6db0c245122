using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>Tells the ledger of the cases that booked an entry, as their rows go by.</summary>
internal sealed class CasesSeen(LedgerCheck ledger)
{
    private RowForm? _form;
    private int _number;
    private int _driver;
    private int _sequence;
    private int _ruling;

    public void Take(RowForm form, string?[] values)
    {
        if (form.Table != "Cases")
            return;
        if (form != _form)
        {
            (_form, _number, _driver) = (form, Place(form, "Number"), Place(form, "DriverId"));
            (_sequence, _ruling) = (Place(form, "LedgerSequence"), Place(form, "RulingSequence"));
        }

        foreach (var column in new[] { _sequence, _ruling })
        {
            if (values[column] is { } sequence)
                ledger.Claim(values[_number] ?? "", values[_driver] ?? "", sequence);
        }
    }

    private static int Place(RowForm form, string column) => form.Columns.ToList().FindIndex(c => c.Name == column);
}
