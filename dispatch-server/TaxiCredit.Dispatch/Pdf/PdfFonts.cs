using SkiaSharp;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Pdf;

/// <summary>
/// The two faces in which a PDF is set, each with Latin and Chinese. They are looked for once: <c>Pdf:Regular</c> and <c>Pdf:Bold</c> of the
/// configuration name font files; otherwise Debian's fonts-noto-cjk, otherwise what the system has. Thread-safe.
/// </summary>
internal sealed class PdfFonts(IConfiguration configuration)
{
    public const string RegularKey = "Pdf:Regular";
    public const string BoldKey = "Pdf:Bold";

    private const string DebianFolder = "/usr/share/fonts/opentype/noto/";
    private const int MaxFacesOfAFile = 16;

    private readonly Lazy<SKTypeface?> _regular = new(() => Find(configuration[RegularKey], "NotoSansCJK-Regular.ttc", SKFontStyle.Normal));
    private readonly Lazy<SKTypeface?> _bold = new(() => Find(configuration[BoldKey], "NotoSansCJK-Bold.ttc", SKFontStyle.Bold));

    /// <summary>Why no PDF can be set; null if there are fonts.</summary>
    public Refusal? Missing => _regular.Value is null || _bold.Value is null
        ? new(StatusCodes.Status503ServiceUnavailable, "font-missing",
            "The server has no font with Chinese characters: install fonts-noto-cjk, or name font files in Pdf:Regular and Pdf:Bold.")
        : null;

    /// <exception cref="InvalidOperationException">There is none; see <see cref="Missing"/>.</exception>
    public SKTypeface Face(bool bold) => (bold ? _bold : _regular).Value ?? throw new InvalidOperationException(Missing!.Detail);

    private static SKTypeface? Find(string? configured, string debian, SKFontStyle style)
    {
        var file = configured ?? DebianFolder + debian;
        return File.Exists(file)
            ? OfFile(file)
            : SKFontManager.Default.MatchCharacter(null, style, ["zh-Hans"], '汉');
    }

    /// <summary>Noto's collections hold a face for each region; the characters of the mainland are those of "SC".</summary>
    private static SKTypeface? OfFile(string file)
    {
        for (var index = 1; index < MaxFacesOfAFile && SKTypeface.FromFile(file, index) is { } face; index++)
        {
            if (face.FamilyName.EndsWith(" SC", StringComparison.Ordinal))
                return face;
            face.Dispose();
        }

        return SKTypeface.FromFile(file);
    }
}
