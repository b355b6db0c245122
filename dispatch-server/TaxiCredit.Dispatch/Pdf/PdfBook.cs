using SkiaSharp;

namespace TaxiCredit.Dispatch.Pdf;

/// <summary>
/// A PDF of A4 pages. Lengths are points (1/72 inch), from the upper left corner. Fonts are embedded with the glyphs that are used, text can be
/// copied and found, and the same input and time of making give the same bytes. Not thread-safe.
/// </summary>
internal sealed class PdfBook : IDisposable
{
    public const float Width = 595.28f;
    public const float Height = 841.89f;

    /// <summary>Points of a millimetre.</summary>
    public const float Millimetre = 72 / 25.4f;

    private readonly MemoryStream _bytes = new();
    private readonly Dictionary<PdfStyle, PdfText> _texts = [];
    private readonly PdfFonts _fonts;
    private readonly SKDocument _document;
    private SKCanvas? _page;

    /// <param name="title">Shown by readers instead of the file's name.</param>
    public PdfBook(PdfFonts fonts, string title, DateTimeOffset madeAt)
    {
        _fonts = fonts;
        var made = madeAt.UtcDateTime;
        _document = SKDocument.CreatePdf(_bytes, new SKDocumentPdfMetadata
        {
            Title = title, Creator = "TaxiCredit", Producer = "TaxiCredit", Creation = made, Modified = made, RasterDpi = 150, EncodingQuality = 90,
        });
    }

    /// <summary>The page that was begun last.</summary>
    /// <exception cref="InvalidOperationException">None has been begun.</exception>
    public SKCanvas Page => _page ?? throw new InvalidOperationException("Begin a page first.");

    public int Pages { get; private set; }

    /// <summary>Ends the page before, if any, and begins another.</summary>
    public void BeginPage()
    {
        if (_page is not null)
            _document.EndPage();
        _page = _document.BeginPage(Width, Height);
        Pages++;
    }

    /// <summary>The setter of a style; it belongs to the book.</summary>
    public PdfText Text(PdfStyle style) =>
        _texts.TryGetValue(style, out var text) ? text : _texts[style] = new PdfText(_fonts, style);

    /// <summary>Draws a line on a baseline of the present page.</summary>
    public void Draw(string line, float x, float baseline, PdfStyle style, SKTextAlign align = SKTextAlign.Left) =>
        Text(style).Draw(Page, line, new SKPoint(x, baseline), align);

    /// <summary>Ends the book.</summary>
    /// <returns>The file.</returns>
    public byte[] Finish()
    {
        if (_page is not null)
            _document.EndPage();
        _page = null;
        _document.Close();
        return _bytes.ToArray();
    }

    public void Dispose()
    {
        foreach (var text in _texts.Values)
            text.Dispose();
        _document.Dispose();
        _bytes.Dispose();
    }
}
