using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace TaxiCredit.Release;

/// <summary>
/// What an image runs on, as 32 bytes: the SHA-256 of a text with a line for the interpreter and one for each package of the image, in the order of
/// <c>runtime.json</c>, with the checksum of the native code that it wants.
/// </summary>
internal static class RuntimeId
{
    /// <param name="firmware">The folder <c>firmware</c>.</param>
    public static byte[] Of(string firmware) => SHA256.HashData(Encoding.UTF8.GetBytes(TextOf(firmware)));

    /// <exception cref="ReleaseException">The files are missing or are not what they should be.</exception>
    public static string TextOf(string firmware)
    {
        string packages = Path.Combine(firmware, "TaxiCredit.Firmware", "packages.config");
        string runtime = Path.Combine(firmware, "runtime.json");
        try
        {
            HashSet<string> used = [.. XDocument.Load(packages).Root!.Elements("package").Select(package => (string)package.Attribute("id")!)];
            using var document = JsonDocument.Parse(File.ReadAllBytes(runtime));
            var text = new StringBuilder($"interpreter {document.RootElement.GetProperty("interpreter").GetProperty("version").GetString()}\n");
            foreach (JsonElement package in document.RootElement.GetProperty("packages").EnumerateArray())
            {
                string id = package.GetProperty("package").GetString()!;
                if (used.Remove(id)) text.Append(LineOf(id, package)).Append('\n');
            }

            if (used.Count > 0) throw new ReleaseException($"{runtime}: says nothing of {string.Join(", ", used.Order(StringComparer.Ordinal))}");
            return text.ToString();
        }
        catch (Exception e) when (e is IOException or XmlException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ReleaseException($"{firmware}: cannot tell what the image runs on: {e.Message}");
        }
    }

    private static string LineOf(string id, JsonElement package)
    {
        string line = $"{id} {package.GetProperty("version").GetString()}";
        JsonElement native = package.GetProperty("native");
        return native.ValueKind == JsonValueKind.Null ? line : $"{line} {native.GetProperty("assembly").GetString()} "
            + $"{native.GetProperty("version").GetString()} {native.GetProperty("checksum").GetString()}";
    }
}
