using System.Data.Common;

namespace Dispatch.Tests.Databases.Plans;

/// <summary>Asks a database how it would run a query.</summary>
internal interface IPlanReader
{
    /// <returns>Tables that it would read row by row, but for those of which it takes the first few by an order.</returns>
    Task<IReadOnlyList<string>> ScannedAsync(string text, IReadOnlyList<DbParameter> parameters);
}
