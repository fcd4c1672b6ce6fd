"""The description of the API, for whoever writes a client."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView


class Description(SpectacularAPIView):
    """Written once a process in each form: that takes seconds, and anybody may ask, signed in or not."""

    written = {}

    @extend_schema(exclude=True)
    def get(self, request, *args, **kwargs):
        """The same for everybody."""
        renderer = request.accepted_renderer
        if type(renderer) not in self.written:
            described = self.generator_class().get_schema(request=None, public=True)
            self.written[type(renderer)] = renderer.render(described)
        return HttpResponse(
            self.written[type(renderer)],
            content_type=renderer.media_type,
            headers={"Content-Disposition": f'inline; filename="throughline.{renderer.format}"'},
        )
