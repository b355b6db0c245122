using System.Text;
using CsvHelper;

namespace TaxiCredit.Dispatch.Features.Exchange.Csv;

/// <summary>
/// A file of records under a header of known columns in any order, separated by comma, semicolon or tab, read one record at a time. A record
/// that is no such record becomes a fault and is passed over.
/// </summary>
internal sealed class CsvFile : IDisposable
{
    /// <summary>Largest record in bytes of UTF-8: all columns at their longest fit ten times over.</summary>
    private const int LargestRecord = 256 * 1024;

    private readonly Stream _stream;
    private readonly Faults _faults;
    private readonly string[] _columns;
    private readonly string[] _optional;
    private readonly Dictionary<string, int> _places = [];
    private readonly CsvReader _reader;

    private CsvFile(Stream stream, string name, Encoding encoding, string[] columns, string[] optional, Faults faults)
    {
        (_stream, Name, _columns, _optional, _faults) = (stream, name, columns, optional, faults);
        _reader = CsvReader.Create(_stream, new CsvReaderOptions
        {
            Encoding = encoding,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            MaxRecordSize = LargestRecord,
            MalformedData = CsvMalformedDataHandling.Skip,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = Report,
        });
    }

    public string Name { get; }

    /// <summary>Line on which the present record begins, from 1.</summary>
    public long Line => _reader.LineNumber;

    /// <summary>Data records read so far.</summary>
    public long Records { get; private set; }

    /// <summary>All of it was read; false too where the reading broke off.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>How far the file has been read, 0 to 1.</summary>
    public double Share => _stream.Length == 0 ? 1 : (double)_stream.Position / _stream.Length;

    /// <summary>SHA-256 of the file, 64 lower-case hex digits.</summary>
    public required string Sha256 { get; init; }

    /// <param name="columns">Columns that must be there.</param>
    /// <param name="optional">Columns that older files do not have; they read as empty there.</param>
    /// <returns>The file before its first record; null if its form or header has faults.</returns>
    public static CsvFile? Open(string path, string[] columns, string[] optional, Faults faults)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return Open(stream, Path.GetFileName(path), columns, optional, faults);
    }

    /// <inheritdoc cref="Open(string, string[], string[], Faults)"/>
    /// <param name="stream">Can be read twice; it is disposed of with the file.</param>
    /// <param name="name">What faults call it.</param>
    public static CsvFile? Open(Stream stream, string name, string[] columns, string[] optional, Faults faults)
    {
        var form = FileForm.Of(stream, name, faults);
        if (!faults.Any)
        {
            var file = new CsvFile(stream, name, form.Encoding, columns, optional, faults) { Sha256 = form.Sha256 };
            file.ReadHeader();
            if (!faults.Any)
                return file;
        }

        stream.Dispose();
        return null;
    }

    /// <summary>Goes to the next record of the right form; false at the end, or when there are enough faults.</summary>
    public bool Next()
    {
        try
        {
            IsAtEnd = !_faults.Enough && !_reader.Read();
            if (_faults.Enough || IsAtEnd)
                return false;
            Records++;
            return true;
        }
        catch (DecoderFallbackException)
        {
            _faults.Add(new(Name, Line + 1, "", "bytes that are no character", "GB18030 in and after this line, as in the lines before it"));
        }
        catch (CsvFormatException malformed)
        {
            _faults.Add(new(
                Name, malformed.LineNumber == 0 ? Line + 1 : malformed.LineNumber, "", malformed.Message,
                $"a record of at most {LargestRecord} bytes; is a quotation mark never closed?"));
        }

        return false;
    }

    /// <summary>What stands in a column, without spaces around it and without the apostrophe by which a spreadsheet is told that it is text.</summary>
    public string Text(string column)
    {
        var text = Raw(column);
        return text.Length > 1 && text[0] == '\'' && "=+-@\t\r".Contains(text[1]) ? text[1..] : text;
    }

    /// <summary>Reads the records that are left, one at a time, and passes on what came of those without a fault.</summary>
    public IEnumerable<T> Sound<T>(Func<CsvFile, T> read)
    {
        while (Next())
        {
            var before = _faults.Found.Count;
            var one = read(this);
            if (_faults.Found.Count == before)
                yield return one;
        }
    }

    public void Fault(string column, string expected) => _faults.Add(At(column, expected));

    /// <summary>The present record's places, for what can be judged only after later ones.</summary>
    public KeptLine Keep() => new(_columns.Concat(_optional).ToDictionary(column => column, column => At(column, "")), _faults);

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    private Fault At(string column, string expected)
    {
        var named = _places.TryGetValue(column, out var place) ? $"{column} (column {place + 1})" : $"{column} (no column)";
        return new(Name, Line, named, Raw(column), expected);
    }

    private string Raw(string column) => _places.TryGetValue(column, out var place) ? _reader.GetString(place) : "";

    private void ReadHeader()
    {
        _reader.ReadHeader();
        var names = _reader.Headers.Select(name => name.Trim().ToLowerInvariant()).ToList();
        for (var place = 0; place < names.Count; place++)
        {
            if (!_columns.Contains(names[place]) && !_optional.Contains(names[place]))
                HeaderFault(place, names[place], $"one of the columns {string.Join(", ", [.. _columns, .. _optional])}");
            else if (!_places.TryAdd(names[place], place))
                HeaderFault(place, names[place], "each column once");
        }

        var missing = _columns.Except(_places.Keys).ToList();
        if (missing.Count > 0)
            _faults.Add(new(
                Name, 1, "", string.Join(_reader.Separator, names), $"also the column{(missing.Count == 1 ? "" : "s")} {string.Join(", ", missing)}"));
    }

    private void HeaderFault(int place, string name, string expected) => _faults.Add(new(Name, 1, $"column {place + 1}", name, expected));

    private void Report(CsvMalformedRecord record) => _faults.Add(new(Name, record.LineNumber, "", record.RawRecord, record.Reason switch
    {
        CsvMalformedReason.FieldCountMismatch => $"{_places.Count} columns as in the header; text with a separator in it stands in quotation marks",
        CsvMalformedReason.UnterminatedQuote => "a closing quotation mark; none follows up to the end of the file",
        _ => "quotation marks around the whole text, and doubled within it",
    }));
}
