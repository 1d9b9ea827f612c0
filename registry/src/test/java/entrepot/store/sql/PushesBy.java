package entrepot.store.sql;

import entrepot.auth.Caller;
import entrepot.domain.Content;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Tag;
import entrepot.domain.UploadId;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.operation.image.PutImage;
import entrepot.operation.layer.CompleteLayerUpload;
import entrepot.operation.layer.InitiateLayerUpload;
import entrepot.operation.layer.UploadLayerPart;
import entrepot.operation.repository.CreateRepository;
import java.util.List;

/// Pushes into a repository [World#OTHER] of a caller's registry.
record PushesBy(World world, Caller caller) {

    void create() {
        var input = new CreateRepository.Input(null, World.OTHER, null, null, null, null, null);
        world.call(caller, world.the(CreateRepository.class), input);
    }

    UploadId begin() {
        return world.call(caller, new Layers(world).initiate, new InitiateLayerUpload.Input(null, World.OTHER))
                .uploadId();
    }

    void layer(byte[] bytes) {
        var layers = new Layers(world);
        var upload = begin();
        var content = new Content.Bytes(bytes);
        var part = new UploadLayerPart.Input(null, World.OTHER, upload, 0L, bytes.length - 1L, content);
        world.call(caller, layers.uploadPart, part);
        var digest = Layers.sha256(bytes).toString();
        world.call(caller, layers.complete, new CompleteLayerUpload.Input(null, World.OTHER, upload, List.of(digest)));
    }

    void image(ManifestBytes manifest, String tag) {
        var input = new PutImage.Input(null, World.OTHER, manifest, null, new Tag(tag), null);
        world.call(caller, new Images(world).put, input);
    }
}
