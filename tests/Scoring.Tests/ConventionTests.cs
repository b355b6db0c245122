using System.Reflection;
using TaxiCredit.Scoring;

namespace Scoring.Tests;

/// <summary>What the library promises as a whole. That every public member is documented, the compiler checks (CS1591).</summary>
[TestClass]
public sealed class ConventionTests
{
    private static readonly Assembly Library = typeof(Points).Assembly;

    [TestMethod]
    public void Library_References_AreWithoutNetworkFilesOrDatabase()
    {
        string[] allowed =
        [
            "System.Runtime", "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Memory", "System.Runtime.Extensions",
            "System.Security.Cryptography", "System.Text.Json", "System.Text.Encoding.Extensions", "System.Runtime.InteropServices",
        ];
        Assert.IsEmpty(Library.GetReferencedAssemblies().Select(name => name.Name).Except(allowed).ToArray());
    }

    [TestMethod]
    public void PublicTypes_Classes_AreSealedOrStatic() =>
        Assert.IsEmpty(Library.GetExportedTypes().Where(type => type.IsClass && !type.IsSealed).Select(type => type.FullName).ToArray());

    [TestMethod]
    public void PublicTypes_Fields_AreConstants() =>
        Assert.IsEmpty(Library.GetExportedTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .Where(field => field is { IsLiteral: false, IsSpecialName: false })
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name}")
            .ToArray());

    [TestMethod]
    public void PublicTypes_Properties_AreNeverSetAfterConstruction() =>
        Assert.IsEmpty(Library.GetExportedTypes()
            .SelectMany(type => type.GetProperties())
            .Where(property => property.SetMethod is { IsPublic: true } setter
                && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")
            .ToArray());
}
