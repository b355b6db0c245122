using System.Diagnostics;

namespace Dispatch.Tests.Pdf;

/// <summary>Reads a PDF with programs that are not ours: poppler draws it and copies its text, zbar reads the codes of a picture.</summary>
internal static class PdfReader
{
    public static Task<string> TextAsync(byte[] pdf) => WithFileAsync(pdf, file => RunAsync("pdftotext", "-layout", file, "-"));

    /// <summary>What the QR codes of a page say, in no order, as a camera would see them at so many dots per inch.</summary>
    public static Task<string[]> CodesAsync(byte[] pdf, int page, int dpi) => WithFileAsync(pdf, async file =>
    {
        await RunAsync("pdftoppm", "-png", "-r", $"{dpi}", "-f", $"{page}", "-l", $"{page}", "-singlefile", file, file);
        return (await RunAsync("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file + ".png"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
    });

    private static async Task<T> WithFileAsync<T>(byte[] pdf, Func<string, Task<T>> read)
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-pdf-");
        try
        {
            var file = Path.Combine(folder.FullName, "page.pdf");
            await File.WriteAllBytesAsync(file, pdf);
            return await read(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.AreEqual(0, process.ExitCode, $"{program}: {await errors}");
        return output;
    }
}
