using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>Tells the ledger of the cases that booked an entry, as their rows go by.</summary>
internal sealed class CasesSeen(LedgerCheck ledger)
{
    private RowForm? _form;
    private int _number;
    private int _driver;
    private int _sequence;

    public void Take(RowForm form, string?[] values)
    {
        if (form.Table != "Cases")
            return;
        if (form != _form)
            (_form, _number, _driver, _sequence) = (form, Place(form, "Number"), Place(form, "DriverId"), Place(form, "LedgerSequence"));
        if (values[_sequence] is { } sequence)
            ledger.Claim(values[_number] ?? "", values[_driver] ?? "", sequence);
    }

    private static int Place(RowForm form, string column) => form.Columns.ToList().FindIndex(c => c.Name == column);
}
