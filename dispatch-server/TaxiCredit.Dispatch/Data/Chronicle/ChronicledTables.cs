using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;

namespace TaxiCredit.Dispatch.Data.Chronicle;

/// <summary>Which tables are chronicled: the entities that say so of themselves, see <see cref="ChronicledAttribute"/>.</summary>
internal sealed class ChronicledTables
{
    private static readonly ConcurrentDictionary<IModel, ChronicledTables> OfModels = new();

    private static readonly Dictionary<Type, ChronicledTypeAttribute> Declared =
        typeof(ChronicledTables).Assembly.GetCustomAttributes<ChronicledTypeAttribute>().ToDictionary(a => a.Type);

    private readonly Dictionary<IEntityType, HashSet<string>> _left;
    private readonly ConcurrentDictionary<IEntityType, RowForm> _forms = new();
    private readonly bool _isPostgres;

    private ChronicledTables(IModel model, bool isPostgres)
    {
        _isPostgres = isPostgres;
        _left = model.GetEntityTypes().Where(entity => !entity.IsOwned() && IsChronicled(entity)).ToDictionary(entity => entity, LeftOut);
    }

    public IEnumerable<IEntityType> Entities => _left.Keys;

    public static ChronicledTables Of(DispatchContext db) => OfModels.GetOrAdd(db.Model, model => new(model, db is PostgresDispatchContext));

    public bool Contains(IEntityType entity) => _left.ContainsKey(entity);

    public RowForm FormOf(IEntityType entity) => _forms.GetOrAdd(
        entity, one => RowForm.Of(one, one.ClrType.GetCustomAttribute<ChronicledAttribute>() is { IsOpen: true }, _left[one], _isPostgres));

    /// <summary>Whether a change of a property is a change of the fact.</summary>
    public bool Covers(IProperty property) => property.DeclaringType is not IEntityType entity || !_left[entity].Contains(property.Name);

    private static bool IsChronicled(IEntityType entity) =>
        Declared.ContainsKey(entity.ClrType) || entity.ClrType.IsDefined(typeof(ChronicledAttribute), inherit: false);

    private static HashSet<string> LeftOut(IEntityType entity) => Declared.TryGetValue(entity.ClrType, out var declared)
        ? [.. declared.Except]
        : [.. entity.GetProperties().Where(p => p.PropertyInfo?.IsDefined(typeof(NotChronicledAttribute)) == true).Select(p => p.Name)];
}
