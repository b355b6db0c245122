using System.Buffers.Text;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>Tells the ledger of the cases and repairs that booked an entry, as their rows go by.</summary>
internal sealed class CasesSeen(LedgerCheck ledger)
{
    private RowForm? _form;
    private int _number;
    private int _driver;
    private int _sequence;
    private int _ruling;

    public void Take(RowForm form, RawRow row)
    {
        if (form.Table == "Repairs" && Place(form, "LedgerSequence") is var booked && !row.IsNull(booked))
            ledger.ClaimRepair(NumberAt(row, Place(form, "Id")), NumberAt(row, Place(form, "DriverId")), NumberAt(row, booked));
        if (form.Table != "Cases")
            return;
        if (form != _form)
        {
            (_form, _number, _driver) = (form, Place(form, "Number"), Place(form, "DriverId"));
            (_sequence, _ruling) = (Place(form, "LedgerSequence"), Place(form, "RulingSequence"));
        }

        Claim(row, _sequence);
        Claim(row, _ruling);
    }

    private void Claim(RawRow row, int column)
    {
        if (!row.IsNull(column))
            ledger.Claim(row.Span(_number), NumberAt(row, _driver), NumberAt(row, column));
    }

    /// <summary>PostgreSQL gives each value of a row's form as text. Minus one where there is no number: no entry and no driver has that.</summary>
    private static long NumberAt(RawRow row, int column) =>
        row.Number(column) ?? (Utf8Parser.TryParse(row.Span(column), out long number, out var read) && read == row.Span(column).Length ? number : -1);

    private static int Place(RowForm form, string column) => form.Columns.ToList().FindIndex(c => c.Name == column);
}
