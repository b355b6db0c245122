using System.IO.Compression;
using System.Net.Mime;
using Microsoft.AspNetCore.ResponseCompression;

namespace TaxiCredit.Dispatch.Components;

/// <summary>
/// Pages and answers of the API go compressed over the wire, TLS or not; files of wwwroot are compressed when they are built.
/// <para>
/// Compression tells by its length whether a text that an attacker has put into an answer repeats a secret in it (BREACH, CVE-2013-3587). Here no
/// secret stays the same from answer to answer: a form's token is encrypted again each time it is rendered, and the session is in a cookie,
/// which is a header and is not compressed. What is typed into a form comes back only to the holder of its token. And the cookie is not sent along when another
/// site fetches a page in the background (SameSite), so that no attacker makes another person's browser send a thousand requests unseen.
/// </para>
/// </summary>
internal static class Compression
{
    public static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [MediaTypeNames.Text.Html, MediaTypeNames.Application.Json, MediaTypeNames.Application.ProblemJson];
        });
        // The fastest is a tenth larger than the best and costs a page a tenth of the time.
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }
}
