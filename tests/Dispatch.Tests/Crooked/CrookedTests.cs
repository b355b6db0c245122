using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Crooked;

/// <summary>Each test has a <see cref="CrookedCity"/> of its own.</summary>
public abstract class CrookedTests
{
    internal CrookedCity City { get; private set; } = null!;

    [TestInitialize]
    public async Task CopyAsync() => City = await CrookedCity.CopyAsync();

    [TestCleanup]
    public async Task TearDownAsync() => await City.DisposeAsync();

    /// <summary>Code of the refusal; null where there was none.</summary>
    internal async Task<string?> RefusalOfAsync<T>(Func<OperationContext, Task<Outcome<T>>> operation) => (await City.InContextAsync(operation)).Refusal?.Code;
}
