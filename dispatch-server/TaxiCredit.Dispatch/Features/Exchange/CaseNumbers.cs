using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TaxiCredit.Dispatch.Features.Exchange.Csv;

namespace TaxiCredit.Dispatch.Features.Exchange;

/// <summary>
/// Numbers of imported cases: all of them empty (the server numbers them), all of the server's own form in rising order, or all of the
/// bureau's form. The first line says which. The server's form is kept apart because the server goes on counting in it.
/// </summary>
internal sealed class CaseNumbers(CsvFile file)
{
    // Numbers of the bureau's form are remembered as hashes, 8 bytes each: two of a million are taken for equal once in 37 million imports.
    private readonly HashSet<ulong> _seen = [];
    private Form? _form;
    private long _last;

    private enum Form { Empty, Servers, Bureaus }

    /// <returns>Row id and number of the present line's case.</returns>
    public (long Id, string Number) Take()
    {
        var text = file.Text("number");
        var servers = text.StartsWith("c-", StringComparison.Ordinal) && text.Length >= 8 && !text.AsSpan(2).ContainsAnyExceptInRange('0', '9');
        var form = text.Length == 0 ? Form.Empty : servers ? Form.Servers : Form.Bureaus;
        _form ??= form;
        if (form != _form)
            file.Fault("number", $"{Named(_form.Value)}, as in the first line");
        else if (form == Form.Servers)
            TakeServers(text);
        else
            _last++;

        if (form == Form.Bureaus && !IsReference(text))
            file.Fault("number", "1 to 64 characters of A-Z, a-z, 0-9, '.', '_', '/' and '-'");
        else if (form == Form.Bureaus && !_seen.Add(HashOf(text)))
            file.Fault("number", "each number once; this one stands in an earlier line");
        return (_last, form == Form.Bureaus ? text : $"c-{_last:D6}");
    }

    private void TakeServers(string text)
    {
        if (long.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > _last && text == $"c-{id:D6}")
            _last = id;
        else
            file.Fault("number", $"a number above c-{_last:D6}; numbers of the server's form rise from line to line");
    }

    private static bool IsReference(string text) =>
        text.Length <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '/' or '-');

    private static ulong HashOf(string text) => BitConverter.ToUInt64(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())));

    private static string Named(Form form) => form switch
    {
        Form.Empty => "nothing",
        Form.Servers => "a number of the server's form, c-000123",
        _ => "a number of the bureau's own form, other than c-000123",
    };
}
